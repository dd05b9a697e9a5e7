"""The own account in the admin."""

from wagtail.admin.views.account import AccountView, NameEmailSettingsPanel


class OwnAccountView(AccountView):
    """Without Wagtail's first and last name: required there, shown nowhere here, where an administrator keeps names."""

    def get_panels(self):
        return [panel for panel in super().get_panels() if not isinstance(panel, NameEmailSettingsPanel)]
