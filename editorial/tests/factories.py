"""What the tests of editorial work begin with: a draft of an agency, and the acts on it in one word."""

from editorial.ownership import stamp
from editorial.services.approvals import approve, submit
from home.models import NewsIndexPage, NewsPage


def draft_of(agency, author, title="Hội nghị chuyển đổi số", **fields):
    """Write a draft of an article in an agency's news."""
    path = f"/{agency.code}/tin-tuc/hoat-dong/"
    section = (
        NewsIndexPage.objects.filter(url_path=path).first()
        or NewsIndexPage.objects.filter(url_path__startswith=f"/{agency.code}/").order_by("path").last()
    )
    page = NewsPage(title=title, summary="Sở tổ chức hội nghị.", live=False, owner=author, **fields)
    section.add_child(instance=page)
    page.save_revision(user=author)
    return NewsPage.objects.get(pk=page.pk)


def form_of(article) -> dict:
    """Return what a browser sends from the editing form of an article without body, pictures or rows."""
    fields = {"title": article.title, "slug": article.slug, "summary": article.summary, "body-count": 0}
    for rows in ("attachments", "related_documents", "comments"):
        fields |= {f"{rows}-{name}_FORMS": 0 for name in ("TOTAL", "INITIAL", "MIN_NUM")}
        fields[f"{rows}-MAX_NUM_FORMS"] = 1000
    return fields


def again(page):
    """Read an article anew."""
    return NewsPage.objects.get(pk=page.pk)


def published(agency, author, approver, **fields):
    """Write an article, have it approved, and return it: by two persons, as people do it."""
    draft = draft_of(agency, author, **fields)
    submit(thing=draft, user=author)
    approve(thing=again(draft), user=approver, seen=stamp(again(draft).get_latest_revision()))
    return again(draft)
