from django.shortcuts import render
from django.views.decorators.http import require_safe

from home.models.listings import one_page

from .queries import MAX_LENGTH, find_articles, words_of

PER_PAGE = 20


@require_safe
def search(request):
    """Answer a search on this portal, or with ?pham-vi=tinh in the whole province; the address holds all of it."""
    text = " ".join(request.GET.get("q", "").split())[:MAX_LENGTH]
    is_provincial = request.GET.get("pham-vi") == "tinh"
    words = words_of(text)
    page = None
    if words:
        found = find_articles(words, None if is_provincial else request.agency)
        page = one_page(found, request.GET.get("trang"), PER_PAGE)
    context = {"query": text, "is_provincial": is_provincial, "page_obj": page}
    return render(request, "search/search.html", context)
