"""What would otherwise be noticed by the first person who cannot sign in."""

from django.core.checks import Error, register
from django.core.exceptions import ImproperlyConfigured

from .single_sign_on.providers import providers


@register()
def check_providers(**kwargs):
    """The identity providers must be configured as the program reads them."""
    try:
        providers()
    except ImproperlyConfigured as error:
        return [Error(str(error), id="accounts.E001")]
    return []
