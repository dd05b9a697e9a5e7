"""Model fields that keep our promises about text, so that no form or import has to remember them."""

import json

from django.db import models
from wagtail.fields import RichTextField as WagtailRichTextField
from wagtail.fields import StreamField as WagtailStreamField

from .text import normalise


class _NormalisedMixin:
    """Stores text in its one form (see core.text.normalise), wherever it comes from."""

    def pre_save(self, model_instance, add):
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = normalise(value)
            setattr(model_instance, self.attname, value)
        return value


class CharField(_NormalisedMixin, models.CharField):
    pass


class TextField(_NormalisedMixin, models.TextField):
    pass


class RichTextField(_NormalisedMixin, WagtailRichTextField):
    pass


class StreamField(WagtailStreamField):
    """A StreamField whose blocks stay out of migrations: a new block is a change of code, not of the schema."""

    def __init__(self, *args, **kwargs):
        # A migration loads the field without blocks; the values are JSON either way.
        kwargs.pop("block_lookup", None)
        super().__init__(*(args or ([],)), **kwargs)

    def deconstruct(self):
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs

    def get_prep_value(self, value):
        prepared = super().get_prep_value(value)
        if isinstance(prepared, str):
            # json.dumps writes combining marks as escapes, which normalise() would pass over.
            prepared = normalise(json.dumps(json.loads(prepared), ensure_ascii=False))
        return prepared


class URLField(models.URLField):
    """An address; one typed without a scheme is taken as https."""

    def formfield(self, **kwargs):
        return super().formfield(**{"assume_scheme": "https", **kwargs})
