"""Saved searches at the doors of those who follow them: a page, a mail, a click."""

import re
import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from search.database.engine import DatabaseEngine
from search.models import Arrival, Change, Follower, Letter, SavedSearch
from search.services import following, letters
from search.services.arrivals import note_arrivals
from search.tests import indexed

pytestmark = pytest.mark.django_db
ASK = "/tim-kiem/theo-doi/?q=hội+chợ"
EMAIL = "Ai.Do@vi-du.test"


@pytest.fixture
def client(client_for, department):
    return client_for(department)


@pytest.fixture(autouse=True)
def index(department):
    DatabaseEngine().put([indexed.news(department, key="news:1", title="Hội chợ cũ")])
    Change.objects.all().delete()
    note_arrivals(["news:1"], timezone.now())


def ask(client, address=ASK, **more):
    return client.post(address, {"email": EMAIL, "rhythm": "at_once", **more})


def link(text, word):
    return (
        re.search(rf"http\S+/tim-kiem/theo-doi/{word}/\S+", text)[0].split("gov.vn", 1)[-1].split(".localhost:8000")[-1]
    )


@pytest.fixture
def followed(client):
    ask(client)
    client.post(link(mail.outbox.pop().body, "xac-nhan"))
    return SavedSearch.objects.get()


def arrive(department, number=2, title="Hội chợ mới"):
    DatabaseEngine().put([indexed.news(department, key=f"news:{number}", title=title)])
    note_arrivals([f"news:{number}"], timezone.now())


class TestAsking:
    def test_form_says_what_is_followed_and_is_kept_by_no_cache(self, client):
        page = client.get(ASK)
        assert "hội chợ" in page.text
        assert "no-store" in page["Cache-Control"]
        assert "csrfmiddlewaretoken" not in page.text

    def test_nothing_asked_is_followed_by_nobody(self, client):
        assert client.get("/tim-kiem/theo-doi/").status_code == 302

    def test_asks_for_one_click_by_mail_and_sends_nothing_else(self, client, department):
        assert EMAIL in ask(client).text
        assert [message.to for message in mail.outbox] == [[EMAIL]]
        arrive(department)
        assert letters.prepare(timezone.now()) == 0

    def test_address_lies_encrypted(self, client):
        ask(client)
        follower = Follower.objects.get()
        assert "vi-du" not in follower.address
        assert follower.email == EMAIL

    @pytest.mark.parametrize("email", ["", "x", "a@b", "a@vi-du.test\nBcc: b@vi-du.test", "a" * 300 + "@vi-du.test"])
    def test_what_is_no_address_is_refused_in_words(self, client, email):
        assert client.post(ASK, {"email": email, "rhythm": "daily"}).status_code == 200
        assert not mail.outbox
        assert not Follower.objects.exists()

    def test_second_click_saves_one_search(self, client):
        ask(client)
        ask(client)
        assert SavedSearch.objects.count() == 1

    def test_mailboxes_of_others_are_not_filled(self, client):
        answers = [ask(client, f"{ASK}&nam={year}").status_code for year in range(2001, 2010)]
        assert answers[0] == 200
        assert answers[-1] == 429
        assert len(mail.outbox) == following.MOST_TO_ADDRESS

    def test_programs_that_fill_in_everything_get_nowhere(self, client):
        assert ask(client, website="http://x").status_code == 200
        assert not mail.outbox


class TestConfirming:
    def test_looking_at_the_link_confirms_nothing(self, client):
        ask(client)
        address = link(mail.outbox[0].body, "xac-nhan")
        assert client.get(address).status_code == 200
        assert client.head(address).status_code == 200
        assert SavedSearch.objects.get().confirmed_at is None

    def test_click_confirms_once(self, client):
        ask(client)
        address = link(mail.outbox[0].body, "xac-nhan")
        assert client.post(address).status_code == 302
        assert SavedSearch.objects.get().confirmed_at
        assert client.post(address).status_code == 404

    def test_link_is_over_after_three_days_and_the_address_forgotten(self, client, time_machine):
        ask(client)
        address = link(mail.outbox[0].body, "xac-nhan")
        time_machine.move_to(timezone.now() + timedelta(hours=73), tick=False)
        assert client.post(address).status_code == 404
        call_command("forget_saved_searches", verbosity=0)
        assert not Follower.objects.exists()

    @pytest.mark.parametrize("word", ["xac-nhan", "cua-toi"])
    def test_made_up_links_lead_nowhere(self, client, word):
        assert client.get(f"/tim-kiem/theo-doi/{word}/1.abc~def/").status_code == 404


class TestLetters:
    def test_new_match_is_sent_once_with_ways_to_stop(self, client, followed, department):
        arrive(department)
        arrive(department, 3, "Họp báo")
        call_command("send_saved_searches")
        call_command("send_saved_searches")
        (message,) = mail.outbox
        assert message.to == [EMAIL]
        assert "Hội chợ mới" in message.body
        assert "Hội chợ cũ" not in message.body
        assert "Họp báo" not in message.body
        assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    def test_corrected_thing_is_no_news(self, client, followed, department):
        arrive(department, 1, "Hội chợ cũ, có sửa")
        assert letters.prepare(timezone.now()) == 0

    def test_other_portals_are_not_looked_at(self, client, followed, district):
        arrive(district)
        assert letters.prepare(timezone.now()) == 0

    def test_daily_waits_for_the_morning(self, client, followed, department, time_machine):
        following.change_rhythm(followed, "daily", timezone.now())
        arrive(department)
        assert letters.prepare(timezone.now()) == 0
        assert timezone.localtime(followed.due_at).hour == 7
        assert letters.prepare(followed.due_at) == 1

    def test_killed_between_making_and_sending_loses_nothing(self, client, followed, department):
        arrive(department)
        assert letters.prepare(timezone.now()) == 1
        assert Letter.objects.count() == 1
        assert letters.send(timezone.now()) == (1, 0)
        assert not Letter.objects.exists()

    def test_mail_server_that_is_down_is_waited_for(self, client, followed, department, monkeypatch):
        arrive(department)
        letters.prepare(timezone.now())
        monkeypatch.setattr("django.core.mail.EmailMessage.send", _raiser(ConnectionRefusedError()))
        assert letters.send(timezone.now()) == (0, 1)
        assert letters.send(timezone.now()) == (0, 0)
        monkeypatch.undo()
        assert letters.send(timezone.now() + timedelta(minutes=6)) == (1, 0)

    def test_mailbox_that_refuses_again_and_again_is_forgotten(self, client, followed, department, monkeypatch):
        monkeypatch.setattr("django.core.mail.EmailMessage.send", _raiser(smtplib.SMTPRecipientsRefused({})))
        for number in range(2, 2 + letters.MOST_REFUSALS):
            arrive(department, number)
            letters.prepare(timezone.now())
            letters.send(timezone.now())
        assert not Follower.objects.exists()


def _raiser(error):
    def send(self, *args, **kwargs):
        raise error

    return send


class TestStopping:
    def letter(self, department):
        arrive(department)
        call_command("send_saved_searches")
        return mail.outbox[-1]

    def test_one_click_on_the_page(self, client, followed, department):
        address = link(self.letter(department).body, "thoi")
        assert client.get(address).status_code == 200
        assert SavedSearch.objects.exists()
        assert client.post(address).status_code == 200
        assert not SavedSearch.objects.exists()
        assert not Follower.objects.exists()
        assert client.post(address).status_code == 200

    def test_one_click_in_the_mail_program(self, client, followed, department):
        address = link(self.letter(department).body, "thoi")
        answer = client.post(address, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 204
        assert not SavedSearch.objects.exists()

    def test_page_of_what_is_followed_changes_and_stops(self, client, followed):
        address = f"/tim-kiem/theo-doi/cua-toi/{followed.follower.token}/"
        assert "hội chợ" in client.get(address).text
        client.post(address, {"search": followed.pk, "rhythm": "weekly", "act": "change"})
        followed.refresh_from_db()
        assert followed.rhythm == "weekly"
        assert client.post(address, {"search": "x", "act": "stop"}).status_code == 404
        client.post(address, {"act": "stop_all"})
        assert not Follower.objects.exists()


def test_rebuilding_makes_no_news(followed):
    before = Arrival.objects.count()
    note_arrivals(["news:1", "news:1"], timezone.now())
    assert Arrival.objects.count() == before
