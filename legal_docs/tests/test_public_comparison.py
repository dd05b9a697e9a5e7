"""Two documents, or two texts of one document, compared at the door that citizens use."""

from datetime import date

import pytest

from legal_docs.comparing import Change, compare
from legal_docs.models import LegalDocument, Text
from legal_docs.services import registering
from legal_docs.structure.parsing import blocks_of_text, parse
from legal_docs.tests.registry import draft, give, public
from sites.models import FieldOfWork

pytestmark = pytest.mark.django_db
OLD = (
    "Điều 1. Phạm vi\nSổ được giữ ba năm.\nĐiều 2. Giữ nguyên\nKhông đổi.\nĐiều 3. Bãi bỏ\nMột quy định cũ về ghi chép."
)
NEW = "Điều 1. Phạm vi\nSổ được giữ <b>năm</b> năm.\nĐiều 2. Giữ nguyên\nKhông đổi.\nĐiều 4. Thêm\nHoàn toàn khác hẳn."


@pytest.fixture
def client(client_for, province):
    return client_for(province)


@pytest.fixture
def pair():
    return public("09/2015/NĐ-CP", on=date(2015, 1, 5), text=OLD), public(text=NEW)


class TestTwoDocuments:
    def test_changes_are_marked_whichever_is_read(self, client, pair):
        old, new = pair
        for one, other in (pair, reversed(pair)):
            page = client.get(f"{one.get_absolute_url()}so-sanh/{other.slug}/").text
            assert "<del>ba </del>" in page
            assert "<ins>&lt;b&gt;năm&lt;/b&gt; </ins>" in page
            assert 'class="compared compared--removed" open' in page
            assert 'class="compared compared--added" open' in page
            assert 'class="compared compared--same">' in page
            assert '<meta name="robots" content="noindex, nofollow">' in page

    def test_document_of_another_portal_can_be_compared_too(self, client_for, department, pair):
        old, _new = pair
        shown = public("11/2020/NĐ-CP", text=NEW, fields=[FieldOfWork.objects.filter(agencies=department).first()])
        assert client_for(department).get(f"{shown.get_absolute_url()}so-sanh/{old.slug}/").status_code == 200

    def test_draft_can_be_compared_from_neither_side(self, client, pair):
        hidden = draft("88/2020/NĐ-CP", abstract="Dự thảo bí mật")
        give(hidden, OLD)
        hidden.save()
        assert client.get(f"{pair[0].get_absolute_url()}so-sanh/{hidden.slug}/").status_code == 404
        assert client.get(f"{hidden.get_absolute_url()}so-sanh/{pair[0].slug}/").status_code == 404

    def test_document_without_a_text_says_why_not(self, client, pair):
        bare = public("12/2020/NĐ-CP")
        page = client.get(f"{pair[0].get_absolute_url()}so-sanh/{bare.slug}/").text
        assert "cả hai văn bản đều có toàn văn" in page

    def test_number_leads_to_the_comparison(self, client, pair):
        old, new = pair
        answer = client.get(f"{old.get_absolute_url()}so-sanh/", {"so": "01/2020/NĐ-CP"})
        assert answer["Location"] == f"{old.get_absolute_url()}so-sanh/{new.slug}/"
        answer = client.get(f"{old.get_absolute_url()}so-sanh/", {"so": "99/2020/NĐ-CP"})
        assert "Không có văn bản nào mang số này" in answer.text


class TestTwoTexts:
    def test_earlier_text_that_was_public_is_compared(self, client):
        document = public(text=OLD)
        earlier = document.text_id
        give(document, NEW)
        document.save_revision().publish()
        page = b"".join(client.get(document.get_absolute_url()).streaming_content).decode()
        assert f'href="so-sanh/?ban={earlier}"' in page
        page = client.get(f"{document.get_absolute_url()}so-sanh/?ban={earlier}").text
        assert "<del>ba </del>" in page

    def test_earlier_text_that_no_log_knows_is_compared(self, client):
        document = public(text=OLD)
        earlier = document.text_id
        give(document, NEW)
        document.save()
        registering.register([document])
        page = client.get(f"{document.get_absolute_url()}so-sanh/?ban={earlier}").text
        assert "<del>ba </del>" in page
        first = Text.objects.get(pk=earlier).first_public_at
        registering.register([document])
        assert Text.objects.get(pk=earlier).first_public_at == first

    def test_text_that_a_draft_waits_with_is_not_shown(self, client):
        document = public(text=OLD)
        secret = give(document, NEW)
        document.save_revision()
        registering.register([LegalDocument.objects.get(pk=document.pk)])
        assert client.get(f"{document.get_absolute_url()}so-sanh/?ban={secret.pk}").status_code == 404

    def test_text_of_a_draft_that_never_was_public_is_not_shown(self, client):
        document = public(text=OLD)
        secret = give(document, "Điều 1. Bí mật\nChưa ai đồng ý.")
        document.save_revision()
        give(document, NEW)
        document.save_revision().publish()
        page = b"".join(client.get(document.get_absolute_url()).streaming_content).decode()
        assert f"?ban={secret.pk}" not in page
        for key in (secret.pk, document.text_id, "x", "999999999"):
            assert client.get(f"{document.get_absolute_url()}so-sanh/?ban={key}").status_code == 404


def test_huge_texts_are_told_article_by_article_without_looking_at_every_word():
    def text(word):
        body = " ".join(f"từ{n % 97} {word}" if n % 20 == 0 else f"từ{n % 89}" for n in range(1_500))
        return parse(blocks_of_text("\n".join(f"Điều {n}. Tên {n}\n{body} số {n}" for n in range(1, 41))))

    found = compare(text("cũ"), text("mới"))
    assert [one.change for one in found] == [Change.CHANGED] * 40
    assert {span.change for span in found[-1].spans} == {Change.REMOVED, Change.ADDED}
