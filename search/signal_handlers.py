"""Notes for the index whatever changes what the public may find, by whatever door."""

from django.core.signals import request_finished
from django.db.models.signals import post_delete, post_save
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction
from wagtail.signals import page_slug_changed, post_page_move

from core.addresses import portal_code
from core.models import File
from home.models import HomePage, NewsAttachment, NewsPlacement
from legal_docs.signals import placed
from sites.models import Agency, Official, Unit

from .contents.pages import KINDS
from .contents.reading import key_of
from .enums import Kind
from .models import BestBet, SynonymGroup
from .services.bets import forget_bets
from .services.counting import add_due
from .services.outbox import note
from .services.turning import note_agencies
from .services.wording import forget_synonyms

# A draft is saved on its page with these fields alone; nobody outside sees any of them.
_BOOKKEEPING = {"latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes"}


def connect() -> None:
    """Listen; called when the app is ready."""
    placed.connect(documents_placed, dispatch_uid="search: documents")
    post_page_move.connect(page_moved, dispatch_uid="search: page moved")
    post_save.connect(file_changed, sender=File, dispatch_uid="search: file")
    request_finished.connect(add_due, dispatch_uid="search: counts")
    page_slug_changed.connect(slug_changed, dispatch_uid="search: slug")
    for signal in (post_save, post_delete):
        for model in KINDS:
            signal.connect(page_changed, sender=model, dispatch_uid=f"search: page {id(signal)}")
        signal.connect(home_changed, sender=HomePage, dispatch_uid=f"search: home {id(signal)}")
        signal.connect(placement_changed, sender=NewsPlacement, dispatch_uid=f"search: placement {id(signal)}")
        signal.connect(placement_changed, sender=NewsAttachment, dispatch_uid=f"search: attachment {id(signal)}")
        signal.connect(closing_changed, sender=CollectionViewRestriction, dispatch_uid=f"search: files {id(signal)}")
        signal.connect(restriction_changed, sender=PageViewRestriction, dispatch_uid=f"search: access {id(signal)}")
        signal.connect(words_changed, sender=SynonymGroup, dispatch_uid=f"search: words {id(signal)}")
        signal.connect(bet_changed, sender=BestBet, dispatch_uid=f"search: best bet {id(signal)}")
        signal.connect(agency_changed, sender=Agency, dispatch_uid=f"search: agency {id(signal)}")
        signal.connect(unit_changed, sender=Unit, dispatch_uid=f"search: unit {id(signal)}")
        signal.connect(official_changed, sender=Official, dispatch_uid=f"search: official {id(signal)}")


def documents_placed(keys, **_):
    note(key_of(Kind.DOCUMENT, key) for key in keys)


def page_changed(sender, instance, raw=False, update_fields=None, **_):
    if not raw and (update_fields is None or set(update_fields) - _BOOKKEEPING):
        note([key_of(KINDS[sender], instance.pk)])


def home_changed(instance, raw=False, update_fields=None, **_):
    if not raw and (update_fields is None or set(update_fields) - _BOOKKEEPING):
        note_agencies(Agency.objects.filter(code=portal_code(instance.url_path)))


def page_moved(instance, **_):
    note_below(instance)


def slug_changed(instance, **_):
    note_below(instance)


def restriction_changed(instance, **_):
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None:
        note_below(page)
        note_agencies(Agency.objects.filter(site__root_page__path__startswith=page.path))


def closing_changed(instance, **_):
    """A collection was closed or opened: files in it are found no more, or again."""
    note_articles_with(file__collection__path__startswith=instance.collection.path)


def file_changed(instance, created=False, raw=False, **_):
    """A file was replaced, renamed or moved into another collection."""
    if not (raw or created):
        note_articles_with(file=instance.pk)


def placement_changed(instance, raw=False, **_):
    if not raw:
        note([key_of(Kind.NEWS, instance.article_id)])


def agency_changed(instance, raw=False, **_):
    if not raw:
        note_agencies(Agency.objects.filter(pk=instance.pk))


def unit_changed(instance, raw=False, **_):
    if not raw:
        people = instance.officials.values_list("pk", flat=True) if instance.pk else ()
        note([key_of(Kind.UNIT, instance.pk), key_of(Kind.AGENCY, instance.agency_id)])
        note(key_of(Kind.PERSON, key) for key in people)


def official_changed(instance, raw=False, **_):
    if not raw:
        note([key_of(Kind.PERSON, instance.pk)])


def note_articles_with(**file) -> None:
    """Note the articles that hand out such files."""
    handing_out = NewsAttachment.objects.filter(**file).values_list("article", flat=True).distinct()
    note(key_of(Kind.NEWS, key) for key in handing_out)


def note_below(page: Page) -> None:
    """Note a page and all that stands below it, and what is shown in its sections from elsewhere."""
    for model, kind in KINDS.items():
        below = model.objects.filter(path__startswith=page.path).values_list("pk", flat=True)
        note(key_of(kind, key) for key in below.iterator())
    shared = NewsPlacement.objects.filter(section__path__startswith=page.path, is_original=False)
    note(key_of(Kind.NEWS, key) for key in shared.values_list("article", flat=True))


def words_changed(**_):
    forget_synonyms()


def bet_changed(instance, **_):
    forget_bets(instance.agency_id)
