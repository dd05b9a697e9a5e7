"""What a group of synonyms would change, shown before it is kept."""

from search.services.previewing import compare


class Previewing:
    """Mixin of a form of synonyms: shows what it would change, and keeps nothing, when that is asked for."""

    template_name = "search/admin/synonyms.html"

    def post(self, request, *args, **kwargs):
        if "preview" not in request.POST:
            return super().post(request, *args, **kwargs)
        self.object = self.previewed()
        form = self.get_form()
        compared = []
        if form.is_valid():
            words = form.cleaned_data["words"] if form.cleaned_data["is_active"] else ""
            compared = compare(words, form.queries(), self.object)
        return self.render_to_response(self.get_context_data(form=form, compared=compared, is_preview=True))


def begun_with(request) -> dict[str, str]:
    """Return with what a new group begins: with the words that the report on searches hands over."""
    words = request.GET.get("words", "")[:100]
    return {"words": words} if words else {}
