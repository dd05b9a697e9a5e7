"""Writes a batch of planned rows: documents, texts, relations, files, and what follows from them, or nothing of it."""

from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils import timezone
from django.utils.translation import gettext as _

from core.importing.refusals import RowError
from legal_docs.enums import RelationKind, TextSource
from legal_docs.models import Attachment, LegalDocument, Relation
from legal_docs.namesakes import parse_named
from legal_docs.numbers import NoNumber, parse_number
from legal_docs.services import files, registering, slugs, texts
from sites.models import Agency

from . import journal
from .lists import DocumentList
from .planning import Plan
from .records import RowState
from .revisions import keep_revision


class Writer:
    """Writes plans as documents of one agency."""

    def __init__(self, owner: Agency, source: DocumentList, *, live: bool, keeps_files: bool):
        self._owner, self._source, self._live, self._keeps_files = owner, source, live, keeps_files

    def write(self, plans: Iterable[Plan]) -> None:
        """Write plans; call it inside a transaction. A plan that cannot be carried out is refused and left out."""
        plans = [plan for plan in plans if plan.is_to_write]
        outcomes = {id(plan): outcome for plan in plans if (outcome := self._outcome(plan)) is not None}
        plans = [plan for plan in plans if plan.is_to_write]
        self._make([plan for plan in plans if plan.result.state == RowState.CREATED])
        for plan in plans:
            if plan.result.state == RowState.UPDATED:
                self._correct(plan)
        self._attach(plans)
        self._give_texts(plans, outcomes)
        self._relate(plans, outcomes)
        touched = {key for plan in plans for key in _targets_before(plan)}
        documents = [plan.document for plan in plans]
        registering.register([document for document in documents if document.live], touched=touched)
        for plan in plans:
            if plan.result.state == RowState.UPDATED:
                keep_revision(plan.document)
        journal.note((plan.document, plan.former | plan.told) for plan in plans)

    def _outcome(self, plan):
        """Return what a worker read for a plan; refuse the plan, or tell that a file has no text."""
        if plan.reading is None:
            return None
        try:
            outcome = plan.reading()
        except RowError as error:
            plan.result.state, plan.result.reasons = RowState.REFUSED, [str(error)]
            return None
        if outcome.text is None:
            plan.result.reasons.append(
                _("“%(name)s”: no text was read: %(problem)s")
                % {"name": plan.file_with_text, "problem": outcome.problem}
            )
            return None
        plan.result.reasons += [remark for remark in outcome.remarks if remark not in plan.result.reasons]
        return outcome

    def _make(self, plans):
        now = timezone.now()
        for plan in plans:
            row = plan.row
            document = LegalDocument(
                owner=self._owner,
                issuer=row.issuer,
                live=self._live,
                has_unpublished_changes=not self._live,
                first_published_at=now if self._live else None,
                last_published_at=now if self._live else None,
                **row.values(),
            )
            document.take_number(row.number)
            plan.document = document
        documents = [plan.document for plan in plans]
        slugs.give_slugs(documents)
        LegalDocument.objects.bulk_create(documents, batch_size=200)
        _add_to_sets(plans)

    def _correct(self, plan):
        """Write what the list has corrected since its last import; what editors changed meanwhile stays."""
        document = plan.document
        if document.latest_revision_id is None:
            # So that its history can show what the list has changed.
            keep_revision(document)
        values = plan.row.values()
        for name in plan.changed:
            if name in values:
                setattr(document, name, values[name])
        document.take_number(parse_number(document.number))
        document.last_published_at = timezone.now() if document.live else document.last_published_at
        document.save()
        _replace_sets(plan)

    def _attach(self, plans):
        """Keep the files that are new; a dry run keeps none, since what is on the disk is not taken back."""
        if not self._keeps_files:
            return
        for plan in plans:
            if "files" not in plan.changed:
                continue
            former = set(plan.former.get("files", ()))
            for position, name in enumerate(plan.row.files):
                mark = self._source.mark_of(name)
                if mark and mark not in former:
                    self._attach_one(plan, name, position)

    def _attach_one(self, plan, name, position):
        try:
            supplied = self._source.unpack(name)
            with supplied.path.open("rb") as opened:
                stored = files.keep(File(opened, name=supplied.name), supplied.name)
        except (RowError, ValidationError) as error:
            plan.result.reasons += getattr(error, "messages", [str(error)])
            plan.told["files"] = [mark for mark in plan.told["files"] if not mark.startswith(f"{name} ")]
            return
        kept, _made = Attachment.objects.get_or_create(
            document=plan.document,
            stored_file=stored,
            defaults={
                "name": files.clean_name(supplied.name),
                "kind": files.usual_kind(stored),
                "sort_order": position,
            },
        )
        if name == plan.file_with_text:
            plan.stored_file = stored

    def _give_texts(self, plans, outcomes):
        given = [plan for plan in plans if id(plan) in outcomes]
        kept = texts.keep_texts(
            (
                plan.document,
                outcomes[id(plan)].text,
                TextSource(outcomes[id(plan)].source),
                plan.stored_file,
                outcomes[id(plan)].remarks,
            )
            for plan in given
        )
        for plan, text in zip(given, kept, strict=True):
            plan.document.text = text
        LegalDocument.objects.bulk_update([plan.document for plan in given], ["text"], batch_size=200)

    def _relate(self, plans, outcomes):
        rows = []
        for plan in plans:
            wanted = {
                (one.kind, one.number.identity, one.on, one.elements): one.number
                for one in plan.row.relations
                if not one.is_inverse and one.words not in plan.former.get("relations", ())
            }
            if outcome := outcomes.get(id(plan)):
                # The list may give the bare number of what the text calls "Luật số 45/2013/QH13".
                told = [number for (kind, *_rest), number in wanted.items() if kind == RelationKind.BASED_ON]
                wanted |= {
                    (RelationKind.BASED_ON, number.identity, None, ""): number
                    for number in _bases(outcome)
                    if not any(number.may_be(one) for one in told)
                }
            own = plan.document.named_number
            wanted = {key: number for key, number in wanted.items() if not number.may_be(own)}
            if plan.result.state == RowState.UPDATED:
                wanted = _what_is_new(plan, wanted)
            rows += [
                Relation(
                    source=plan.document,
                    kind=kind,
                    target_number=str(number),
                    target_key=number.key,
                    on=on,
                    elements=elements,
                    sort_order=position,
                )
                for position, ((kind, _identity, on, elements), number) in enumerate(wanted.items())
            ]
        Relation.objects.bulk_create(rows, batch_size=500)


def _bases(outcome):
    """Return the numbers of the legal bases that a text names; what it names by title is found when all is in."""
    found = {}
    for one in outcome.text.citations:
        if one.is_legal_basis and one.citation.document.is_complete:
            try:
                number = parse_named(one.citation.document.number, one.citation.document.form)
            except NoNumber:
                continue
            found.setdefault(number.identity, number)
    return found.values()


def _what_is_new(plan, wanted):
    """Take away relations that the corrected list has no more; return those that are not there yet."""
    former = set(plan.former.get("relations", ())) - set(plan.told.get("relations", ()))
    there = defaultdict(list)
    for relation in Relation.objects.filter(source=plan.document).select_related("target"):
        known = relation.target.named_number if relation.target else parse_named(relation.target_number)
        told = parse_named(relation.target_number) if relation.target_number else known
        on = relation.on.isoformat() if relation.on else ""
        words = "|".join((relation.kind, told.identity, on, relation.elements))
        if words in former and "relations" in plan.told:
            plan.targets_before.add(relation.target_id)
            Relation.objects.filter(pk=relation.pk).delete()
        else:
            there[relation.kind, relation.on, relation.elements].append(known)
    return {
        (kind, identity, on, elements): number
        for (kind, identity, on, elements), number in wanted.items()
        if not any(number.may_be(one) for one in there[kind, on, elements])
    }


def _targets_before(plan):
    return plan.targets_before - {None}


def _add_to_sets(plans):
    issuers, fields = LegalDocument.co_issuers.through, LegalDocument.fields_of_work.through
    issuers.objects.bulk_create(
        issuers(legaldocument_id=plan.document.pk, issuer_id=issuer.pk)
        for plan in plans
        for issuer in plan.row.co_issuers
    )
    fields.objects.bulk_create(
        fields(legaldocument_id=plan.document.pk, fieldofwork_id=key)
        for plan in plans
        for key in plan.row.fields_of_work
    )


def _replace_sets(plan):
    for name, column, wanted in (
        ("co_issuers", "issuer_id", [issuer.pk for issuer in plan.row.co_issuers]),
        ("fields_of_work", "fieldofwork_id", list(plan.row.fields_of_work)),
    ):
        if name in plan.changed:
            through = getattr(LegalDocument, name).through
            rows = through.objects.filter(legaldocument_id=plan.document.pk)
            if plan.former:
                rows.exclude(**{f"{column}__in": wanted}).delete()
            there = set(rows.values_list(column, flat=True))
            through.objects.bulk_create(
                through(legaldocument_id=plan.document.pk, **{column: key}) for key in wanted if key not in there
            )
