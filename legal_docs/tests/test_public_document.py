"""The reader's page of a document, at the door that citizens use."""

from datetime import date

import pytest

from legal_docs.enums import RelationKind
from legal_docs.models import FormerAddress
from legal_docs.tests.registry import draft, public, relate

pytestmark = pytest.mark.django_db
LAW = """Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
1. Nghị định này quy định về sổ ghi chép.
2. Sổ được giữ tại cơ quan.
Điều 2. Hiệu lực
Nghị định này có hiệu lực từ ngày ký."""


def body(answer):
    return b"".join(answer.streaming_content).decode() if answer.streaming else answer.text


def read(client, document, more=""):
    answer = client.get(document.get_absolute_url() + more)
    assert answer.status_code == 200
    return body(answer)


def test_page_shows_title_text_contents_and_properties(client_for, province):
    document = public(text=LAW, signer="Nguyễn Văn A")
    page = read(client_for(province), document)
    assert page.count("<h1") == 1
    assert 'id="art_1__para_2"' in page
    assert 'href="#art_2"' in page
    assert "Nguyễn Văn A" in page
    assert 'rel="canonical" href="https://' in page
    assert '"@type":"Legislation"' in page
