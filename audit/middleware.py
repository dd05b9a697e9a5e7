"""Lets whatever happens in a request be recorded with its person and address."""

from .context import current_request, postponed
from .services import describe, record_many

_FORBIDDEN = 403


class AuditMiddleware:
    """Remembers the request while it is answered: no query, nothing read from it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = current_request.set(request)
        try:
            response = self.get_response(request)
            self._tell_refusals(request, response)
            return response
        finally:
            current_request.reset(token)

    def _tell_refusals(self, request, response):
        """After the answer, since what is refused is rolled back; each door once, however often it was tried."""
        refusals = postponed(request)
        if not refusals and response.status_code == _FORBIDDEN and request.path.startswith("/admin/"):
            refusals = [{"details": {"path": request.path, "method": request.method, "reason": "403"}}]
        if refusals:
            record_many([describe("access.refused", **refusals[0])])
