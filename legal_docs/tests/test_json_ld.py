"""What search engines are told about a document."""

import json
from dataclasses import replace
from datetime import date

from legal_docs.exporting.facts import Force, OriginalFile, Relation, RelationKind
from legal_docs.exporting.json_ld import json_ld
from legal_docs.structure.parsing import parse_text
from legal_docs.tests.factories import DECREE, FACTS


def test_document_is_a_legislation_with_number_dates_and_issuer():
    data = json_ld(replace(FACTS, force=Force.PARTIALLY_IN_FORCE, expired_on=date(2025, 1, 1)))
    assert data["@type"] == "Legislation"
    assert data["legislationIdentifier"] == "1/2020/NĐ-CP"
    assert data["legislationDate"] == "2020-01-15"
    assert data["legislationDateOfApplicability"] == "2020-03-01"
    assert data["expires"] == "2025-01-01"
    assert data["legislationLegalForce"] == "https://schema.org/PartiallyInForce"
    assert data["legislationPassedBy"]["name"] == "Chính phủ"


def test_what_is_not_known_is_not_told():
    data = json_ld(replace(FACTS, effective_on=None, published_on=None))
    assert not {"legislationLegalForce", "expires", "datePublished", "encoding", "hasPart"} & set(data)
    assert None not in data.values()


def test_relations_and_files_are_told_by_their_properties():
    relations = (
        Relation(RelationKind.REPEALS, "2/2010/NĐ-CP", "Nghị định cũ", "https://vi-du.test/cu/"),
        Relation(RelationKind.REPEALS, "3/2010/NĐ-CP"),
    )
    files = (OriginalFile("https://vi-du.test/a.pdf", "application/pdf", "ab" * 32),)
    data = json_ld(replace(FACTS, relations=relations, files=files))
    assert [other["legislationIdentifier"] for other in data["legislationRepeals"]] == ["2/2010/NĐ-CP", "3/2010/NĐ-CP"]
    assert data["legislationRepeals"][0]["url"] == "https://vi-du.test/cu/"
    assert data["encoding"][0]["sha256"] == "ab" * 32


def test_articles_are_parts_with_an_address():
    parts = json_ld(FACTS, parse_text(DECREE))["hasPart"]
    assert [part["url"].rpartition("#")[2] for part in parts] == ["art_1", "art_2", "art_3", "art_12a"]
    assert parts[0]["name"] == "Điều 1. Phạm vi điều chỉnh"


def test_it_is_json():
    assert json.loads(json.dumps(json_ld(FACTS, parse_text(DECREE))))["@context"] == "https://schema.org"
