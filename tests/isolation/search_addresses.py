"""The public addresses of the search, at which everything could be told."""

from django.urls import reverse

_ASKED = ("search", "search_suggestions", "search_rss", "search_atom", "search_csv", "search_xlsx")
_NARROWED = ("", "&pham-vi=tinh&xep=moi-nhat")


def addresses(words) -> dict[str, list[str]]:
    """Return, for each pattern of the search, its addresses with these words."""
    found = {name: [f"{reverse(name)}?q={word}{more}" for word in words for more in _NARROWED] for name in _ASKED}
    found["search"].append(reverse("search"))
    return found | {"search_description": [reverse("search_description")]}
