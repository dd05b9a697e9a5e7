"""Whether a draft is whole: Wagtail keeps drafts with gaps, but nothing with gaps may be handed in or published."""

from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField


def check_complete(draft) -> None:
    """Raise ValidationError with one line for each gap of a draft, as its editor knows the fields."""
    lines = _field_errors(draft)
    for relation in get_all_child_relations(type(draft)):
        for row in getattr(draft, relation.get_accessor_name()).all():
            label = capfirst(relation.related_model._meta.verbose_name)
            lines += [f"{label}: {line}" for line in _field_errors(row, exclude=[relation.field.name])]
    for field in draft._meta.get_fields():
        if isinstance(field, StreamField):
            try:
                field.stream_block.clean(getattr(draft, field.name))
            except ValidationError:
                lines.append(_("%(field)s: a part is missing or wrong.") % {"field": capfirst(field.verbose_name)})
    if lines:
        raise ValidationError(lines)


def _field_errors(thing, exclude=None):
    try:
        thing.full_clean(exclude=exclude) if exclude else thing.full_clean()
    except ValidationError as error:
        return [
            f"{_label(thing, name)}: {message}" if name != NON_FIELD_ERRORS else message
            for name, messages in error.message_dict.items()
            for message in messages
        ]
    return []


def _label(thing, name):
    try:
        return capfirst(thing._meta.get_field(name).verbose_name)
    except FieldDoesNotExist:
        return name
