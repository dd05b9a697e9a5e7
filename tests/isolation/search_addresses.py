"""The public addresses of the search, at which everything could be told."""

from django.urls import reverse

_ASKED = ("search", "search_suggestions", "search_rss", "search_atom", "search_csv", "search_xlsx")
# A workbook is packed; the others speak of no content.
TELL_NOTHING = {
    "search_confirm", "search_description", "search_follow", "search_followed", "search_stop", "search_xlsx",
}  # fmt: skip
_NARROWED = ("", "&pham-vi=tinh&xep=moi-nhat")


def addresses(words) -> dict[str, list[str]]:
    """Return, for each pattern of the search, its addresses with these words."""
    found = {name: [f"{reverse(name)}?q={word}{more}" for word in words for more in _NARROWED] for name in _ASKED}
    found["search"].append(reverse("search"))
    followed = {
        name: [reverse(name, args=["khong-co"])] for name in ("search_confirm", "search_followed", "search_stop")
    }
    followed["search_follow"] = [f"{reverse('search_follow')}?q={word}" for word in words]
    return found | followed | {"search_description": [reverse("search_description")]}
