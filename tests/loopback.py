"""Tests speak to nobody but this machine."""

import socket

_connect = socket.socket.connect
_getaddrinfo = socket.getaddrinfo


class NetworkRefused(Exception):
    """A test tried to reach another machine."""


def install() -> None:
    """Refuse connections and name look-ups that would leave this machine."""
    socket.socket.connect = _guarded_connect
    socket.getaddrinfo = _guarded_getaddrinfo


def _guarded_connect(self, address):
    if self.family != socket.AF_UNIX and not _is_loopback(address[0]):
        raise NetworkRefused(f"A test tried to connect to {address[0]}.")
    return _connect(self, address)


def _guarded_getaddrinfo(host, *args, **kwargs):
    name = host.decode() if isinstance(host, bytes) else host
    if name is not None and not _is_loopback(name):
        raise NetworkRefused(f"A test tried to look up {name}.")
    return _getaddrinfo(host, *args, **kwargs)


def _is_loopback(name):
    return name in {"", "::1", "0.0.0.0", "::"} or name.startswith("127.") or f".{name}".endswith(".localhost")  # noqa: S104 - compared, not bound
