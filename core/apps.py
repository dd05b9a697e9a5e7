from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Foundation")

    def ready(self):
        from . import checks, own_words, signal_handlers, tree_lock  # noqa: F401 - models must be loaded first

        tree_lock.install()
        own_words.install()
        signal_handlers.connect()
