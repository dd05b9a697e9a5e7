"""What is public here is open: to scripts of other sites, too, and to caches for a while."""

from functools import wraps

_KEPT_FOR = 60


def open_to_all(view):
    """Let answers be read by scripts of any site and kept for a minute."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        if response.status_code == 200:
            response["Cache-Control"] = f"public, max-age={_KEPT_FOR}"
        return response

    return wrapper
