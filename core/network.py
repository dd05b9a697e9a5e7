"""The network address of a visitor, and whom to believe when he says it."""

from ipaddress import ip_address, ip_network

from django.conf import settings

# How TRUSTED_PROXIES names a proxy that comes by a socket of the machine, which has no address.
SOCKET = "socket"


def client_address(request) -> str:
    """Return the address a request came from; X-Forwarded-For counts only where a trusted proxy wrote it."""
    address = _clean(request.META.get("REMOTE_ADDR", ""))
    if not _is_trusted(address):
        return address
    for forwarded in reversed(request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-10:]):
        cleaned = _clean(forwarded)
        if not cleaned:
            break
        address = cleaned
        if not _is_trusted(address):
            break
    return address


def comes_by_trusted_proxy(request) -> bool:
    """Say whether the headers that a proxy sets may be believed."""
    return _is_trusted(_clean(request.META.get("REMOTE_ADDR", "")))


def _clean(text):
    try:
        address = ip_address(text.strip().strip("[]"))
    except ValueError:
        return ""
    return str(getattr(address, "ipv4_mapped", None) or address)


def _is_trusted(address):
    if not address:
        return SOCKET in settings.TRUSTED_PROXIES
    return any(
        ip_address(address) in ip_network(network, strict=False)
        for network in settings.TRUSTED_PROXIES
        if network != SOCKET
    )
