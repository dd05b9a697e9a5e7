"""Lets whatever happens in a request be recorded with its person and address."""

from .context import current_request


class AuditMiddleware:
    """Remembers the request while it is answered: no query, nothing read from it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = current_request.set(request)
        try:
            return self.get_response(request)
        finally:
            current_request.reset(token)
