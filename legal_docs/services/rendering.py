"""The reader's HTML of a text: made when something about its links has changed, not at every visit."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from core.text import shorten
from legal_docs.models import Citation, Text
from legal_docs.structure.html import Link, render
from legal_docs.structure.tree import from_json


def render_texts(texts: Iterable[Text]) -> None:
    """Make the HTML of texts anew, with links to the live documents that their citations name."""
    texts = list(texts)
    links = _links([text.pk for text in texts])
    for text in texts:
        text.html = render(from_json(text.tree), links[text.pk])
        text.needs_rendering = False
    Text.objects.bulk_update(texts, ["html", "needs_rendering"], batch_size=20)


def html_of(text: Text) -> str:
    """Return the HTML of a text as it is kept; a draft's, which nobody has made yet, is made and not kept."""
    if text.html:
        return text.html
    return render(from_json(text.tree), _links([text.pk])[text.pk])


def render_waiting(at_once: int = 50) -> int:
    """Make the HTML of all texts that wait for it; return how many. May run twice at once, which does it twice."""
    count = 0
    while texts := list(Text.objects.filter(needs_rendering=True).order_by("pk")[:at_once]):
        render_texts(texts)
        count += len(texts)
    return count


def mark(keys: Iterable[int]) -> None:
    """Let texts be made anew at the next turn."""
    keys = sorted(keys)
    for start in range(0, len(keys), 500):
        Text.objects.filter(pk__in=keys[start : start + 500]).update(needs_rendering=True)


def mark_citing(documents) -> None:
    """Let the texts that cite documents be made anew, as one whose document is public no more loses its links."""
    citing = Citation.objects.filter(target__in=documents, is_self=False).values("text")
    Text.objects.filter(pk__in=citing).update(needs_rendering=True)


def _links(keys):
    links = defaultdict(lambda: defaultdict(list))
    rows = Citation.objects.filter(text__in=keys, target__isnull=False).filter(Q(target__live=True) | Q(is_self=True))
    for row in rows.select_related("target").order_by("pk"):
        place = links[row.text_id][row.eid, row.place]
        # One citation may name several elements; its words are one link, to the first of them.
        if not place or place[-1].start != row.start:
            place.append(Link(row.start, row.end, _address(row), "" if row.is_self else _title(row.target)))
    return links


def _address(row):
    if row.is_self:
        return f"#{row.target_eid}" if row.target_eid and not row.lacks_element else ""
    fragment = f"#{row.target_eid}" if row.target_eid and not row.lacks_element else ""
    return row.target.get_absolute_url() + fragment


def _title(document):
    return f"{document}: {shorten(document.abstract, 600)}"
