"""What the tests of editorial work begin with: a draft of an agency, and the acts on it in one word."""

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
