"""The tree goes to JSON and back, and names its places."""

import json

from hypothesis import given, settings

from legal_docs.structure.parsing import parse_text
from legal_docs.structure.places import place_name
from legal_docs.structure.tree import from_json, paths, to_json
from legal_docs.tests.factories import DECREE, trees


@given(trees)
@settings(max_examples=30, deadline=None)
def test_tree_goes_to_json_and_back(tree):
    assert from_json(json.loads(json.dumps(to_json(tree)))) == tree


@given(trees)
@settings(max_examples=30, deadline=None)
def test_every_element_but_the_root_has_an_id_of_its_own(tree):
    found = [element.eid for element in tree.walk()][1:]
    assert all(found)
    assert len(set(found)) == len(found)


def test_places_are_named_from_the_inside_out():
    names = {path[-1].eid: place_name(path) for path in paths(parse_text(DECREE))}
    assert names["art_2__para_1__point_dd"] == "điểm đ khoản 1 Điều 2"
    assert names["art_12a"] == "Điều 12a"
    assert names["chp_1__sec_1"] == "Mục 1 Chương I"
    assert names["att_1__para_2"] == "khoản 2 Phụ lục I"
    assert names["att_2__art_1__para_1"] == "khoản 1 Điều 1 QUY CHẾ"


def test_element_is_found_by_its_id():
    tree = parse_text(DECREE)
    assert tree.find("art_2__para_2").label == "2."
    assert tree.find("art_99") is None
