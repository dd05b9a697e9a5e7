"""An outside reviewer opens the files of the one draft that her link shows, while it works, and no other file."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from editorial.models import ReviewInvitation
from editorial.services.reviews import invite, revoke
from editorial.tests.factories import draft_of
from legal_docs.models import Attachment, LegalDocument
from legal_docs.services.files import keep

from .registry import draft, public

pytestmark = pytest.mark.django_db
OWN = {"issuer": "stttt-so", "owner": "stttt", "kind": "quyet_dinh_cb", "effective_on": None}
OTHERS = {"issuer": "thuanan-ubnd-huyen", "owner": "thuanan", "kind": "quyet_dinh_cb", "effective_on": None}


def pdf(words):
    return b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n% " + words.encode() + b"\n%%EOF\n"


def kept(words):
    return keep(ContentFile(pdf(words)), "tep.pdf")


def attached(document, stored, name="quyet-dinh.pdf", user=None):
    """Let the newest draft of a document have a file, as the form does it; return the document."""
    newest = document.get_latest_revision_as_object()
    newest.attachments.add(Attachment(stored_file=stored, name=name, title="Bản ký"))
    if not newest.live:
        newest.save()
    newest.save_revision(user=user, changed=True, clean=False)
    return LegalDocument.objects.get(pk=document.pk)


@pytest.fixture
def editor(department, editor_of):
    return editor_of(department)


@pytest.fixture
def document():
    return attached(draft("15/QĐ-STTTT", **OWN), kept("của bản nháp"))


@pytest.fixture
def reader(department, client_for):
    return client_for(department)


def link_to(document, user):
    _invitation, token = invite(
        thing=document, revision=document.get_latest_revision(), user=user, name="Bà Ngoài",
        email="ngoai@example.vn", days=7,
    )  # fmt: skip
    return f"/xem-truoc/{token}/"


def file_of(link, stored):
    return f"{link}tep/{stored.sha256}/"


def page(reader, link):
    return b"".join(reader.get(link)).decode()


class TestOpen:
    def test_page_of_the_draft_leads_to_the_file_as_it_was_given(self, document, editor, reader):
        stored, link = document.attachments.get().stored_file, link_to(document, editor)
        assert f'<a href="{file_of(link, stored)}">Bản ký</a>' in page(reader, link)
        answer = reader.get(file_of(link, stored))
        assert b"".join(answer) == pdf("của bản nháp")
        assert answer["Content-Disposition"] == 'attachment; filename="quyet-dinh.pdf"'
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert not answer.cookies

    def test_file_that_the_draft_of_a_public_document_got(self, editor, reader):
        stored = kept("thêm vào bản sửa")
        document = attached(public("15/QĐ-STTTT", **OWN), stored)
        link = link_to(document, editor)
        assert f'href="{file_of(link, stored)}"' in page(reader, link)
        assert b"".join(reader.get(file_of(link, stored))) == pdf("thêm vào bản sửa")

    def test_draft_leads_to_no_address_that_only_what_is_public_has(self, document, editor, reader):
        read = page(reader, link_to(document, editor))
        assert document.attachments.get().get_absolute_url() not in read
        assert "akn.xml" not in read

    def test_file_that_others_have_in_public_too(self, editor, reader):
        stored = kept("chung")
        attached(public("88/QĐ-UBND", **OTHERS), stored).get_latest_revision().publish()
        document = attached(draft("15/QĐ-STTTT", **OWN), stored)
        assert reader.get(file_of(link_to(document, editor), stored)).status_code == 200


class TestClosed:
    def test_file_ends_with_the_link(self, document, editor, reader):
        link = link_to(document, editor)
        address = file_of(link, document.attachments.get().stored_file)
        ReviewInvitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
        assert reader.get(address).status_code == 404

    def test_file_goes_with_a_link_that_is_taken_back(self, document, editor, reader):
        link = link_to(document, editor)
        address = file_of(link, document.attachments.get().stored_file)
        assert reader.get(address).status_code == 200
        revoke(invitation=ReviewInvitation.objects.get(), user=editor)
        assert reader.get(address).status_code == 404

    def test_file_goes_with_the_document_and_with_who_invited(self, document, editor, reader):
        address = file_of(link_to(document, editor), document.attachments.get().stored_file)
        editor.groups.clear()
        assert reader.get(address).status_code == 404
        editor.delete()
        assert reader.get(address).status_code == 404
        document.delete()
        assert reader.get(address).status_code == 404

    def test_no_link_no_file(self, document, editor, reader, district, client_for):
        link = link_to(document, editor)
        address = file_of(link, document.attachments.get().stored_file)
        word, signature = link.split("/")[2].rsplit(".", 1)
        for forged in ("x", word, f"{word}x.{signature}", f"{word}.{signature[:-1]}"):
            assert reader.get(address.replace(link, f"/xem-truoc/{forged}/")).status_code == 404, forged
        assert client_for(district).get(address).status_code == 404

    def test_file_of_a_later_version_is_not_shown(self, document, editor, reader):
        link, later = link_to(document, editor), kept("thêm sau")
        attached(document, later)
        assert reader.get(file_of(link, later)).status_code == 404
        assert later.sha256 not in page(reader, link)

    def test_file_of_another_draft_is_not_shown(self, document, editor, reader):
        other = attached(draft("16/QĐ-STTTT", **OWN), kept("của bản khác"))
        link = link_to(document, editor)
        assert reader.get(file_of(link, other.attachments.get().stored_file)).status_code == 404


class TestForged:
    """A draft that names a file of another agency, as no form lets one make it, shows it to nobody."""

    def test_file_of_a_draft_of_another_agency(self, editor, reader):
        theirs = kept("của huyện")
        document = draft("15/QĐ-STTTT", **OWN)
        attached(draft("88/QĐ-UBND", **OTHERS), theirs)
        # In the revision alone, as the draft of a public document would have it.
        newest = document.get_latest_revision_as_object()
        newest.attachments.add(Attachment(stored_file=theirs, name="a.pdf"))
        newest.save_revision(clean=False)
        document.refresh_from_db()
        assert reader.get(file_of(link_to(document, editor), theirs)).status_code == 404

    def test_file_that_only_a_version_of_another_agency_has(self, editor, reader):
        theirs = kept("mới của huyện")
        attached(public("88/QĐ-UBND", **OTHERS), theirs)
        document = attached(public("15/QĐ-STTTT", **OWN), theirs)
        assert reader.get(file_of(link_to(document, editor), theirs)).status_code == 404

    def test_link_to_something_else_has_no_files_of_documents(self, document, department, editor, reader):
        article = draft_of(department, editor)
        _invitation, token = invite(
            thing=article, revision=article.get_latest_revision(), user=editor, name="A", email="a@example.vn", days=1
        )
        stored = document.attachments.get().stored_file
        assert reader.get(file_of(f"/xem-truoc/{token}/", stored)).status_code == 404
