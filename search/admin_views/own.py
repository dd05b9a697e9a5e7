"""What several screens of the search have in common: whose they show, and with what a new record begins."""

from search.rights import agencies_with_bets


def own_agencies(request):
    """Return the agencies among which the reader of a list may choose."""
    return agencies_with_bets(request.user, "view")


class BegunWithWords:
    """Mixin of a view that makes a record: it begins with the words that the report on searches hands over."""

    words_field: str

    def get_initial(self):
        words = self.request.GET.get(self.words_field, "")[:100]
        return super().get_initial() | ({self.words_field: words} if words else {})
