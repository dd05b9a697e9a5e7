import threading

import pytest
from django.db import connections, transaction
from wagtail.models import Page

from benchmarks.storm import check_tree
from core.tree_lock import NodeGone, tree_lock
from home.models import NewsIndexPage, NewsPage

SUMMARY = "Tóm tắt."


def article(section, slug):
    page = NewsPage(title=slug, slug=slug, summary=SUMMARY)
    section.add_child(instance=page)
    return page


@pytest.fixture
def section(department):
    return NewsIndexPage.objects.get(url_path="/stttt/tin-tuc/hoat-dong/")


@pytest.fixture
def other_section(department):
    return NewsIndexPage.objects.get(url_path="/stttt/tin-tuc/thong-bao/")


@pytest.mark.django_db
class TestStaleInstances:
    """Two editors have loaded the same pages; the second acts on what the first has changed."""

    def test_adding_to_a_parent_that_got_children_meanwhile(self, section):
        stale = NewsIndexPage.objects.get(pk=section.pk)
        article(section, "mot")
        article(stale, "hai")
        assert not check_tree(set(), set())
        assert section.get_children().count() == 2

    def test_saving_a_page_that_was_moved_meanwhile_keeps_its_new_place(self, section, other_section):
        page = article(section, "mot")
        stale = NewsPage.objects.get(pk=page.pk)
        page.move(other_section, pos="last-child")
        stale.title = "Tựa mới"
        stale.save()
        moved = NewsPage.objects.get(pk=page.pk)
        assert (moved.title, moved.url_path) == ("Tựa mới", "/stttt/tin-tuc/thong-bao/mot/")
        assert not check_tree(set(), set())

    def test_publishing_a_revision_of_a_page_below_a_section_that_was_renamed_meanwhile(self, section):
        page = article(section, "mot")
        revision = page.save_revision()
        section.slug = "hoat-dong-cua-so"
        section.save()
        revision.publish()
        page.refresh_from_db()
        assert page.url_path == "/stttt/tin-tuc/hoat-dong-cua-so/mot/"

    def test_renaming_a_page_that_was_moved_meanwhile(self, section, other_section):
        page = article(section, "mot")
        stale = NewsPage.objects.get(pk=page.pk)
        page.move(other_section, pos="last-child")
        stale.slug = "hai"
        stale.save()
        assert NewsPage.objects.get(pk=page.pk).url_path == "/stttt/tin-tuc/thong-bao/hai/"
        assert not check_tree(set(), set())

    def test_moving_and_deleting_what_is_gone_is_a_404_and_no_error(self, section, other_section):
        page = article(section, "mot")
        stale = NewsPage.objects.get(pk=page.pk)
        page.delete()
        acts = (lambda: stale.move(other_section, pos="last-child"), stale.delete, stale.save, stale.save_revision)
        for act in acts:
            with pytest.raises(NodeGone):
                act()
        assert not check_tree(set(), set())

    def test_deleting_a_section_that_got_an_article_meanwhile_takes_it_along(self, section):
        stale = Page.objects.get(pk=section.pk)
        article(section, "mot")
        stale.delete()
        assert not NewsPage.objects.exists()
        assert not check_tree(set(), set())


@pytest.mark.django_db(transaction=True)
def test_second_writer_waits_for_the_first(department):
    """The lock is held to the end of the transaction, not only for one statement."""
    section = NewsIndexPage.objects.get(url_path="/stttt/tin-tuc/hoat-dong/")
    order = []
    first_holds, second_runs = threading.Event(), threading.Event()

    def second():
        try:
            first_holds.wait(10)
            second_runs.set()
            article(NewsIndexPage.objects.get(pk=section.pk), "thu-hai")
            order.append("second")
        finally:
            connections.close_all()

    thread = threading.Thread(target=second)
    thread.start()
    with transaction.atomic(), tree_lock():
        first_holds.set()
        assert second_runs.wait(10)
        article(section, "thu-nhat")
        order.append("first")
    thread.join(30)
    assert order == ["first", "second"]
    assert not check_tree(set(), set())


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_leave_the_tree_sound(department):
    """A small storm at every run of the tests; benchmarks/storm.py makes the large one with processes."""
    errors = []
    sections = list(NewsIndexPage.objects.filter(url_path__startswith="/stttt/tin-tuc/"))

    def writer(number):
        try:
            for act in range(6):
                page = article(NewsIndexPage.objects.get(pk=sections[act % len(sections)].pk), f"bai-{number}-{act}")
                page.save_revision().publish()
                page.move(Page.objects.get(pk=sections[(act + number) % len(sections)].pk), pos="last-child")
                if act % 3 == 2:
                    page.delete()
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=writer, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert errors == []
    assert NewsPage.objects.count() == 4 * 4
    assert not check_tree(set(), set())


@pytest.mark.sqlite
def test_sqlite_waits_instead_of_failing(settings):
    options = settings.DATABASES["default"]["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] == 20
    assert "journal_mode=WAL" in options["init_command"]
