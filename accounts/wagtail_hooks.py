from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.account import BaseSettingsPanel


class _NothingToSave(forms.Form):
    def __init__(self, *args, instance=None, **kwargs):
        super().__init__(*args, **kwargs)

    def save(self):
        """The page behind the link saves."""


@hooks.register("register_account_settings_panel")
class SecurityPanel(BaseSettingsPanel):
    """The way from Wagtail's account page to the page that protects the account; it stands first."""

    name = "security"
    title = _("Security of your account")
    order = 50
    template_name = "accounts/admin/account_panel.html"
    form_class = _NothingToSave
