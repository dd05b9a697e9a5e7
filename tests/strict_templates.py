"""Makes a variable that a template of ours names, but nobody gives, a failure instead of an empty place."""

from contextvars import ContextVar
from pathlib import Path

from django.template import base

ROOT = Path(__file__).resolve().parent.parent
_in_our_template = ContextVar("rendering a node of our own templates", default="")


class UndefinedVariable(Exception):
    """A template names a variable that its view does not bring."""


class _Strict(str):
    """Stands for Django's string_if_invalid: raises in our templates, is the usual "" in all others."""

    def __bool__(self):
        return bool(_in_our_template.get())

    def __contains__(self, part):
        return part == "%s"

    def __mod__(self, variable):
        raise UndefinedVariable(f"{_in_our_template.get()}: “{variable}” is not defined")


def install(settings) -> None:
    """Make undefined variables fail; to be called before the first template is read."""
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = _Strict()
    render_annotated = base.Node.render_annotated

    def render_knowing_the_template(self, context):
        token = _in_our_template.set(_our_name(self))
        try:
            return render_annotated(self, context)
        finally:
            _in_our_template.reset(token)

    base.Node.render_annotated = render_knowing_the_template


def _our_name(node):
    name = str(getattr(getattr(node, "origin", None), "name", ""))
    return name if name.startswith(f"{ROOT}/") and "/.venv/" not in name else ""
