"""Which objects a posted form names, before anything of it is believed.

Choosers limit what is offered, not what is sent: a forged form can name any picture, file or page by its number, and a
form that is shown again with its errors would tell that object's title. So the names are read from what was sent and
compared with what the person may choose; what the object held before is left alone.
"""

from collections.abc import Iterator

from django import forms
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.db.models import Model
from wagtail.blocks import BlockField
from wagtail.models import Page
from wagtail.rich_text import extract_references_from_rich_text

from .sight import choosable

Reference = tuple[type[Model], str]


class ForgedReference(SuspiciousOperation):
    """A form names something that the person may not choose; Django answers 400 and shows nothing of the form."""


def refuse_forged_references(form, user) -> None:
    """Raise ForgedReference if a bound form, with the forms inside it, names what the user may not choose."""
    for model, keys in _named(form, user).items():
        existing = model._base_manager.filter(pk__in=keys)
        if choosable(user, existing).count() < existing.count():
            raise ForgedReference(f"{user.get_username()} named a {model._meta.label} out of reach")


def _named(form, user):
    named: dict[type[Model], set] = {}
    try:
        for model, key in _new_references(form):
            named.setdefault(model, set()).add(model._meta.pk.to_python(key))
    except (ValueError, TypeError, OverflowError, ValidationError) as error:
        # No honest form sends what cannot be a key, and Wagtail's choosers fail when they show it again.
        raise ForgedReference(f"{user.get_username()} named something by what is no key") from error
    return named


def _new_references(form) -> Iterator[Reference]:
    for name, field in form.fields.items():
        # What is on public record for all, such as which agencies there are, is chosen by everybody.
        if field.disabled or getattr(field, "is_open_to_all", False):
            continue
        sent = set(_references(field, form[name].value()))
        yield from sent - set(_references(field, form.get_initial_for_field(field, name)))
    for formset in getattr(form, "formsets", {}).values():
        for child in formset.forms:
            yield from _new_references(child)


def _references(field, value) -> Iterator[Reference]:
    if value in (None, ""):
        return
    if isinstance(field, BlockField):
        for model, key, *_path in field.block.extract_references(value):
            yield _base(model), str(key)
    elif hasattr(field.widget, "converter"):
        # An editor of rich text; its class cannot be imported while models are loaded, as forms are.
        for model, key, *_path in extract_references_from_rich_text(str(value)):
            yield _base(model), str(key)
    elif isinstance(field, forms.ModelChoiceField):
        for key in value if isinstance(value, list | tuple | set) else [value]:
            yield _base(field.queryset.model), str(getattr(key, "pk", key))


def _base(model):
    # A page of any type is one page.
    return Page if issubclass(model, Page) else model
