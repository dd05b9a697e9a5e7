"""Fetches a picture from a host that the operator has named, and from nowhere else.

An article can name any address; without these checks it could make this server read its own network.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

PORTS = {"http": 80, "https": 443}
MAX_REDIRECTS = 3
# Seconds for one answer of the network, and for the picture as a whole.
STEP_TIMEOUT = 10
WHOLE_TIMEOUT = 30
# A host that is gone would cost ten seconds for each of its pictures.
MAX_FAILURES = 3
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_CHUNK = 65_536


class DownloadError(Exception):
    """The picture cannot be fetched; the message says why."""


class _Unreachable(DownloadError):
    """The host does not answer."""


def is_public_address(address: str) -> bool:
    """Say whether an IP address is one of the public internet, also when it is wrapped in another."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if ip.version == 6:
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if inner or ip in _NAT64 or not any(ip.packed[:12]):
            # Ways to write an IPv4 address, which no honest name server gives for a web server.
            return False
    return ip.is_global and not ip.is_multicast


class Downloader:
    """Fetches from allowed hosts; gives a host up for this run when it does not answer."""

    def __init__(self, hosts: Iterable[str]):
        self.hosts = {host.lower().rstrip(".") for host in hosts}
        self.failures = dict.fromkeys(self.hosts, 0)

    def allows(self, url: str) -> bool:
        """Say whether an address stands on an allowed host."""
        try:
            parts = urlsplit(url)
            return parts.scheme in PORTS and (parts.hostname or "").rstrip(".") in self.hosts
        except ValueError:
            return False

    def fetch(self, url: str) -> bytes:
        """Return the bytes at an address; raises DownloadError with the reason."""
        deadline = time.monotonic() + WHOLE_TIMEOUT
        for _attempt in range(MAX_REDIRECTS + 1):
            target = self._checked(url)
            try:
                body, location = _get(*target, deadline)
            except _Unreachable:
                self.failures[target[1]] += 1
                raise
            self.failures[target[1]] = 0
            if location is None:
                return body
            # Each step of a redirect is checked like the first address.
            url = urljoin(url, location)
        raise DownloadError(_("too many redirects"))

    def _checked(self, url):
        try:
            parts = urlsplit(url)
            host, port = (parts.hostname or "").rstrip("."), parts.port
        except ValueError as error:
            raise DownloadError(_("the address is malformed")) from error
        if parts.scheme not in PORTS or parts.username or port not in {None, PORTS[parts.scheme]}:
            raise DownloadError(_("the address is no plain http or https address"))
        if host not in self.hosts:
            raise DownloadError(_("the host “%(host)s” is not allowed (--picture-host)") % {"host": host})
        if self.failures[host] >= MAX_FAILURES:
            raise DownloadError(_("the host “%(host)s” does not answer") % {"host": host})
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        query = "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?") if parts.query else ""
        return parts.scheme, host, path + query


def _get(scheme, host, target, deadline):
    """Return (bytes, None), or (b"", address) for a redirect."""
    connection = http.client.HTTPConnection(host, timeout=STEP_TIMEOUT)
    connection.sock = _connect(scheme, host)
    try:
        headers = {"User-Agent": "congkhai-import", "Accept": "image/*", "Accept-Encoding": "identity"}
        connection.request("GET", target, headers=headers)
        response = connection.getresponse()
        if response.status in {301, 302, 303, 307, 308} and response.getheader("Location"):
            return b"", response.getheader("Location")
        if response.status != 200:
            raise DownloadError(_("the host answered %(status)d") % {"status": response.status})
        return _read(response, deadline), None
    except (OSError, http.client.HTTPException) as error:
        raise _Unreachable(_("the host “%(host)s” does not answer") % {"host": host}) from error
    finally:
        connection.close()


def _connect(scheme, host):
    """Connect to the very address that was checked, so that a second answer of the name server changes nothing."""
    try:
        found = socket.getaddrinfo(host, PORTS[scheme], type=socket.SOCK_STREAM)
        addresses = [entry[4][0] for entry in found]
        if not addresses or not all(is_public_address(address) for address in addresses):
            raise DownloadError(_("the host “%(host)s” leads to an address that is not public") % {"host": host})
        plain = socket.create_connection((addresses[0], PORTS[scheme]), timeout=STEP_TIMEOUT)
        if scheme == "http":
            return plain
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except (OSError, UnicodeError) as error:
        raise _Unreachable(_("the host “%(host)s” does not answer") % {"host": host}) from error


def _read(response, deadline):
    limit = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
    chunks, size = [], 0
    while chunk := response.read1(_CHUNK):
        size += len(chunk)
        if size > limit:
            raise DownloadError(_("it is larger than %(limit)d MB") % {"limit": limit // 1_048_576})
        if time.monotonic() > deadline:
            raise DownloadError(_("it took longer than %(limit)d seconds") % {"limit": WHOLE_TIMEOUT})
        chunks.append(chunk)
    return b"".join(chunks)
