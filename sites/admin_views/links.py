"""The form by which an editor writes a link to another site: Wagtail's fails on a form without the link."""

from wagtail.admin.forms.choosers import ExternalLinkChooserForm, URLOrAbsolutePathField
from wagtail.admin.views.chooser import ExternalLinkView


class LinkField(URLOrAbsolutePathField):
    def to_python(self, value):
        return super().to_python(value or "")


class LinkForm(ExternalLinkChooserForm):
    url = LinkField(required=True, label="URL")


class OwnExternalLinkView(ExternalLinkView):
    form_class = LinkForm
