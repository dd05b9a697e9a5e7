"""Where a portal answers: at its own host, and at CODE.localhost on the machine it runs on.

The first word of a page's url_path is its portal's code. Links follow the visitor: who came by CODE.localhost stays
there, who came by the public host gets public hosts.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port
from wagtail.models import Site

LOCAL_SUFFIX = ".localhost"
_DEFAULT_PORTS = {"http": "80", "https": "443"}
_read_once: ContextVar = ContextVar("hosts of all portals, read once", default=None)


def portal_code(url_path: str) -> str:
    """Return the code of the portal a page stands in: "stttt" of "/stttt/tin-tuc/"; "" for the tree's root."""
    return url_path.split("/", 2)[1]


def path_in_portal(url_path: str) -> str:
    """Return the address on its own portal: "/tin-tuc/" for the url_path "/stttt/tin-tuc/"."""
    return url_path[len(portal_code(url_path)) + 1 :]


def is_local(request: HttpRequest | None) -> bool:
    """Say whether links are to name CODE.localhost: as the visitor came, or as the settings say for mails."""
    if request is None:
        return settings.PORTAL_LOCAL_ADDRESSES
    return request.get_host().rsplit(":", 1)[0].endswith(LOCAL_SUFFIX)


def root_address(code: str, hostname: str, request: HttpRequest | None = None) -> str:
    """Return a portal's address without a closing slash, such as "http://stttt.localhost:8000"."""
    if is_local(request):
        return f"{_scheme(request)}://{code}{LOCAL_SUFFIX}{_port(request)}"
    return f"{_scheme(request)}://{hostname}{_port(request)}"


def canonical_address(hostname: str) -> str:
    """Return the public address of a portal, wherever the visitor came from."""
    port = settings.PORTAL_PORT if not settings.PORTAL_LOCAL_ADDRESSES else 443
    scheme = settings.PORTAL_SCHEME if not settings.PORTAL_LOCAL_ADDRESSES else "https"
    return f"{scheme}://{hostname}{_suffix(scheme, str(port))}"


@contextmanager
def reading_hostnames_once():
    """Let what asks for addresses without a request, as lists of pages do, read the hosts once in this block."""
    token = _read_once.set({})
    try:
        yield
    finally:
        _read_once.reset(token)


def portal_hostnames(request: HttpRequest | None = None) -> dict[str, tuple[int, str]]:
    """Return {code: (Wagtail site's id, public host)} of all portals, read once per request."""
    if request is not None and hasattr(request, "_portal_hostnames"):
        return request._portal_hostnames
    if request is None and _read_once.get() is not None:
        return _read_once.get() or _remember(_read_hostnames())
    hostnames = _read_hostnames()
    if request is not None:
        request._portal_hostnames = hostnames
    return hostnames


def _remember(hostnames):
    _read_once.get().update(hostnames)
    return hostnames


def _read_hostnames():
    rows = Site.objects.values_list("root_page__url_path", "pk", "hostname")
    return {portal_code(url_path): (pk, hostname) for url_path, pk, hostname in rows}


def _scheme(request):
    return request.scheme if request is not None else settings.PORTAL_SCHEME


def _port(request):
    if request is None:
        return _suffix(settings.PORTAL_SCHEME, str(settings.PORTAL_PORT))
    # As the visitor wrote it: behind nginx the server's own port is another one.
    return _suffix(request.scheme, split_domain_port(request.get_host())[1] or _DEFAULT_PORTS[request.scheme])


def _suffix(scheme, port):
    return "" if port == _DEFAULT_PORTS[scheme] else f":{port}"
