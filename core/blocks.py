"""What editors put into a page: few blocks, each with one look on all portals."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock as WagtailTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

RICH_TEXT = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "superscript", "subscript", "hr"]


class TextBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("text")
        template = "core/blocks/text.html"

    def __init__(self, **kwargs):
        super().__init__(**{"features": RICH_TEXT, **kwargs})


class PictureBlock(blocks.StructBlock):
    picture = ImageChooserBlock(label=_("picture"))
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=250)

    class Meta:
        icon = "image"
        label = _("picture with caption")
        template = "core/blocks/picture.html"


class TableBlock(WagtailTableBlock):
    # Handsontable, which draws the table in the admin, speaks no Vietnamese: its menu is named here.
    MENU = {
        "row_above": {"name": _("Insert a row above")},
        "row_below": {"name": _("Insert a row below")},
        "col_left": {"name": _("Insert a column on the left")},
        "col_right": {"name": _("Insert a column on the right")},
        "remove_row": {"name": _("Remove the row")},
        "remove_col": {"name": _("Remove the column")},
        "undo": {"name": _("Undo")},
        "redo": {"name": _("Redo")},
    }

    class Meta:
        icon = "table"
        label = _("table")
        template = "core/blocks/table.html"

    def __init__(self, **kwargs):
        super().__init__(**{"table_options": {"contextMenu": {"items": self.MENU}, "language": "en-US"}, **kwargs})


class QuoteBlock(blocks.StructBlock):
    quote = blocks.TextBlock(label=_("quote"))
    attribution = blocks.CharBlock(label=_("who said it"), required=False, max_length=200)

    class Meta:
        icon = "openquote"
        label = _("quote")
        template = "core/blocks/quote.html"


class FilesBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("heading"), required=False, max_length=150)
    files = blocks.ListBlock(DocumentChooserBlock(label=_("file")), label=_("files"))

    class Meta:
        icon = "doc-full-inverse"
        label = _("files for download")
        template = "core/blocks/files.html"


class ContactBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("name of the person or office"), max_length=200)
    job_title = blocks.CharBlock(label=_("position"), required=False, max_length=200)
    address = blocks.CharBlock(label=_("address"), required=False, max_length=250)
    phone = blocks.CharBlock(label=_("telephone"), required=False, max_length=60)
    email = blocks.EmailBlock(label=_("mail address"), required=False)
    hours = blocks.CharBlock(label=_("working hours"), required=False, max_length=150)

    class Meta:
        icon = "user"
        label = _("contact card")
        template = "core/blocks/contact.html"


class AccordionBlock(blocks.StructBlock):
    entries = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("title", blocks.CharBlock(label=_("title"), max_length=200)),
                ("text", TextBlock(label=_("text"))),
            ],
            label=_("entry"),
        ),
        label=_("entries"),
    )

    class Meta:
        icon = "list-ul"
        label = _("accordion")
        template = "core/blocks/accordion.html"


class BodyBlock(blocks.StreamBlock):
    """The body of an article or a section."""

    text = TextBlock()
    picture = PictureBlock()
    table = TableBlock()
    quote = QuoteBlock()
    files = FilesBlock()
    contact = ContactBlock()
    accordion = AccordionBlock()
