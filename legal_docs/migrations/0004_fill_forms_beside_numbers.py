"""Gives documents and citations the form that their numbers do not tell: 18/2008/QH12 is a law or a resolution.

A citation whose words do not say it stays as one of a bare number until its text is read again.
"""

from django.db import migrations

from legal_docs.citations import find_citations
from legal_docs.document_types import document_types
from legal_docs.namesakes import form_beside
from legal_docs.numbers import parse_number


def fill(apps, schema_editor):
    kinds = document_types()
    for document in _without_form_in_symbol(apps.get_model("legal_docs", "LegalDocument")):
        kind = kinds.get(document.type)
        form = form_beside(parse_number(document.number), kind.form) if kind else ""
        if form:
            type(document).objects.filter(pk=document.pk).update(number_form=form)
    for citation in _without_form_in_symbol(apps.get_model("legal_docs", "Citation")):
        form = _said(citation)
        if form:
            type(citation).objects.filter(pk=citation.pk).update(said_form=form)


def _without_form_in_symbol(model):
    # In the form of comparison a dash stands between the words of a symbol, and a symbol of one word names the body.
    rows = model.objects.exclude(number_key="").exclude(number_key__contains="-")
    return list(rows.only("pk", *({"number", "type", "words", "number_key"} & {f.name for f in model._meta.fields})))


def _said(citation):
    # The words are those of one citation: "Điều 2 Luật số 18/2008/QH12", or a short name that was given to the law.
    forms = [found.document.form for found in find_citations(citation.words) if found.document.form]
    return form_beside(parse_number(citation.number_key), forms[0]) if forms else ""


class Migration(migrations.Migration):
    dependencies = [("legal_docs", "0003_forms_beside_numbers")]

    # Going back takes the columns away; nothing else has to be undone.
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
