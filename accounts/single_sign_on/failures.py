"""The page that says that signing in by a provider did not work, and what to do."""

from http import HTTPStatus

from django.shortcuts import render


def failure(request, provider, text):
    """Answer with the reason, and with the ways that are left."""
    context = {"provider": provider, "text": text}
    return render(request, "accounts/single_sign_on_failed.html", context, status=HTTPStatus.FORBIDDEN)
