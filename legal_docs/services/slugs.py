"""Words of addresses for many documents at once."""

from collections.abc import Iterable

from legal_docs.models import FormerAddress, LegalDocument

_AT_ONCE = 500


def give_slugs(documents: Iterable[LegalDocument]) -> None:
    """Give new documents, unsaved, the words of their addresses, as LegalDocument.save does one by one."""
    documents = list(documents)
    wanted = [document.address_choices() for document in documents]
    taken = _taken({slug for choices in wanted for slug in choices})
    for document, choices in zip(documents, wanted, strict=True):
        document.slug = next((slug for slug in choices if slug not in taken), "") or _counted(choices[-1], taken)
        taken.add(document.slug)


def _taken(slugs):
    slugs, found = sorted(slugs), set()
    for start in range(0, len(slugs), _AT_ONCE):
        part = slugs[start : start + _AT_ONCE]
        for model in (LegalDocument, FormerAddress):
            found |= set(model.objects.filter(slug__in=part).values_list("slug", flat=True))
    return found


def _counted(words, taken):
    # Numbers that differ in an accent only, such as QD and QĐ of one body and year.
    count = 2
    while (slug := f"{words[:190]}-{count}") in taken or LegalDocument.objects.filter(slug=slug).exists():
        count += 1
    return slug
