"""The synonyms that come with the program, on new installs and on those that were there before."""

from importlib import import_module

import pytest
from django.apps import apps

from search.models import SynonymGroup
from search.understanding.synonyms import Group, default_groups, folded_words

LATER = import_module("search.migrations.0007_more_synonyms")


def test_each_line_is_a_group_and_none_says_what_another_says():
    senses = [group.sense for group in default_groups()]
    assert len(senses) > 300
    assert len(set(senses)) == len(senses)


def test_no_syllable_stands_for_others_that_is_common_without_its_accents():
    """ "Chó" would bring what it stands for to every “cho”."""
    common = {
        "cho",
        "la",
        "va",
        "cua",
        "co",
        "khong",
        "de",
        "duoc",
        "trong",
        "theo",
        "nha",
        "dat",
        "nuoc",
        "ban",
        "luong",
    }
    typed = {folded_words(pair[0]) for group in default_groups() for pair in group.pairs()}
    assert not common & {words[0] for words in typed if len(words) == 1}


@pytest.mark.django_db
def test_install_gets_what_it_does_not_have_and_nothing_it_took_out():
    SynonymGroup.objects.filter(words="UBND = Ủy ban nhân dân").delete()
    SynonymGroup.objects.filter(words__startswith="ATVSLĐ").update(words="an toàn, vệ sinh lao động = ATVSLĐ")
    SynonymGroup.objects.filter(words="rác => chất thải").delete()
    before = SynonymGroup.objects.count()
    LATER.fill(apps, None)
    assert SynonymGroup.objects.count() == before + 1
    assert SynonymGroup.objects.filter(words="rác => chất thải").exists()
    assert Group.of_line("ATVSLĐ = an toàn vệ sinh lao động").sense in {
        one.group.sense for one in SynonymGroup.objects.all()
    }
