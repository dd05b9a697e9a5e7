"""Forms of documents that stand for each other: a code is a law, a joint circular calls itself a circular."""

from core.text import slugify

_FAMILIES = {
    "bộ luật": "luật", "thông tư liên tịch": "thông tư", "thông tư liên bộ": "thông tư",
    "nghị quyết liên tịch": "nghị quyết", "nghị đinh": "nghị định",
}  # fmt: skip


def family(form: str) -> str:
    """Return the form that "this" refers to: a joint circular calls itself circular, a code calls itself law."""
    form = " ".join(form.lower().split())
    return _FAMILIES.get(form, form)


def form_key(form: str) -> str:
    """Return a form as one word by which forms are compared: "luat" for "Luật" and "Bộ luật"."""
    return slugify(family(form), 40)
