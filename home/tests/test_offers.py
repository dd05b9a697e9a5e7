import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from home.enums import OfferState
from home.models import NewsIndexPage, NewsOffer, NewsPage, NewsPlacement
from home.services import accept_offer, decline_offer, drop_shared, offer_article, recall_offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(department):
    page = NewsPage(title="Khai trương phòng đọc số", slug="phong-doc-so", summary="Phòng đọc mở cửa từ thứ Hai.")
    NewsIndexPage.objects.get(url_path="/stttt/tin-tuc/hoat-dong/").add_child(instance=page)
    page.save_revision().publish()
    return NewsPage.objects.get(pk=page.pk)


@pytest.fixture
def section(district):
    return NewsIndexPage.objects.get(url_path="/thuanan/tin-tuc/van-hoa-xa-hoi/")


@pytest.fixture
def offer(article, district, approver_of, department):
    return offer_article(article=article, agencies=[district], user=approver_of(department))[0]


@pytest.fixture
def placement(offer, section, approver_of, district):
    return accept_offer(offer=offer, section=section, user=approver_of(district))


def get(code, path):
    return Client(HTTP_HOST=f"{code}.localhost").get(path)


class TestAcceptedArticle:
    PATH = "/tin-tuc/van-hoa-xa-hoi/phong-doc-so/"

    def test_is_shown_with_its_origin_and_points_to_the_original(self, placement):
        answer = get("thuanan", self.PATH)
        assert answer.status_code == 200
        assert "Khai trương phòng đọc số" in answer.text
        assert "Sở Thông tin và Truyền thông" in answer.text
        assert (
            '<link rel="canonical" href="https://stttt.binhduong.gov.vn/tin-tuc/hoat-dong/phong-doc-so/"' in answer.text
        )

    def test_is_listed_and_fed_on_the_other_portal(self, placement):
        assert "Khai trương phòng đọc số" in get("thuanan", "/tin-tuc/").text
        assert "Khai trương phòng đọc số" in get("thuanan", "/tin-tuc/van-hoa-xa-hoi/").text
        assert "Khai trương phòng đọc số" in get("thuanan", "/rss/").text

    def test_edit_of_the_original_shows_everywhere(self, placement, article):
        article.title = "Khai trương phòng đọc mới"
        article.save_revision().publish()
        assert "Khai trương phòng đọc mới" in get("thuanan", self.PATH).text
        assert "Khai trương phòng đọc mới" in get("thuanan", "/tin-tuc/").text

    def test_recall_removes_it_everywhere(self, placement, offer, approver_of, department):
        recall_offer(offer=offer, user=approver_of(department))
        assert get("thuanan", self.PATH).status_code == 404
        assert "Khai trương" not in get("thuanan", "/tin-tuc/").text
        assert get("stttt", "/tin-tuc/hoat-dong/phong-doc-so/").status_code == 200

    def test_unpublishing_the_original_hides_it_everywhere(self, placement, article):
        article.unpublish()
        assert get("thuanan", self.PATH).status_code == 404
        assert "Khai trương" not in get("thuanan", "/rss/").text

    def test_deleting_the_original_removes_it_everywhere(self, placement, article):
        article.delete()
        assert get("thuanan", self.PATH).status_code == 404
        assert not NewsPlacement.objects.exists()

    def test_receiver_can_stop_showing_it(self, placement, offer, approver_of, district):
        drop_shared(offer=offer, user=approver_of(district))
        assert get("thuanan", self.PATH).status_code == 404

    def test_own_page_with_the_same_address_is_not_shadowed(self, offer, section, approver_of, district):
        own = NewsPage(title="Bài của thị xã", slug="phong-doc-so", summary="Tóm tắt.")
        section.add_child(instance=own)
        own.save_revision().publish()
        placement = accept_offer(offer=offer, section=section, user=approver_of(district))
        assert placement.slug == "phong-doc-so-2"
        assert "Bài của thị xã" in get("thuanan", self.PATH).text
        assert "Khai trương" in get("thuanan", "/tin-tuc/van-hoa-xa-hoi/phong-doc-so-2/").text

    def test_original_moved_elsewhere_stays_where_it_is_shared(self, placement, article, department):
        article.move(NewsIndexPage.objects.get(url_path="/stttt/tin-tuc/thong-bao/"), pos="last-child")
        assert get("thuanan", self.PATH).status_code == 200
        assert get("stttt", "/tin-tuc/thong-bao/phong-doc-so/").status_code == 200


class TestWhoMay:
    def test_editor_may_not_offer(self, article, district, editor_of, department):
        with pytest.raises(PermissionDenied):
            offer_article(article=article, agencies=[district], user=editor_of(department))

    def test_other_agency_may_not_offer(self, article, district, approver_of):
        with pytest.raises(PermissionDenied):
            offer_article(article=article, agencies=[district], user=approver_of(district))

    def test_origin_may_not_accept_for_the_other_portal(self, offer, section, approver_of, department):
        with pytest.raises(PermissionDenied):
            accept_offer(offer=offer, section=section, user=approver_of(department))

    def test_receiver_may_not_put_it_into_another_portal(self, offer, approver_of, district):
        foreign = NewsIndexPage.objects.get(url_path="/stttt/tin-tuc/thong-bao/")
        with pytest.raises(ValidationError):
            accept_offer(offer=offer, section=foreign, user=approver_of(district))

    def test_draft_cannot_be_offered(self, article, district, approver_of, department):
        article.unpublish()
        with pytest.raises(ValidationError):
            offer_article(article=article, agencies=[district], user=approver_of(department))

    def test_nobody_offers_to_himself(self, article, approver_of, department):
        with pytest.raises(ValidationError):
            offer_article(article=article, agencies=[department], user=approver_of(department))


class TestSecondClick:
    def test_offering_twice_makes_one_offer(self, offer, article, district, approver_of, department):
        offer_article(article=article, agencies=[district], user=approver_of(department))
        assert NewsOffer.objects.count() == 1

    def test_answering_twice_is_refused(self, placement, offer, section, approver_of, district):
        with pytest.raises(ValidationError):
            accept_offer(offer=offer, section=section, user=approver_of(district))
        with pytest.raises(ValidationError):
            decline_offer(offer=offer, user=approver_of(district), reason="Không phù hợp")

    def test_declined_article_can_be_offered_again(self, offer, article, approver_of, district, department):
        decline_offer(offer=offer, user=approver_of(district), reason="Không phù hợp")
        offer_article(article=article, agencies=[district], user=approver_of(department))
        offer.refresh_from_db()
        assert (offer.state, offer.answer) == (OfferState.OFFERED, "")


class TestAdmin:
    """The same acts at the door editors use."""

    @pytest.fixture
    def admin(self):
        def client(user, code):
            client = Client(HTTP_HOST=f"{code}.localhost")
            client.force_login(user)
            return client

        return client

    def test_offer_accept_and_recall_by_clicks(self, admin, article, district, department, section, approver_of):
        origin = admin(approver_of(department), "stttt")
        answer = origin.post(reverse("offer_article", args=[article.pk]), {"agencies": [district.pk]})
        assert answer.status_code == 302
        offer = NewsOffer.objects.get()
        receiver = admin(approver_of(district), "thuanan")
        assert "Khai trương phòng đọc số" in receiver.get(reverse("offered_news")).text
        field = f"accept-{offer.pk}-section"
        assert receiver.post(reverse("accept_offer", args=[offer.pk]), {field: section.pk}).status_code == 302
        assert get("thuanan", TestAcceptedArticle.PATH).status_code == 200
        assert origin.post(reverse("recall_offer", args=[offer.pk])).status_code == 302
        assert get("thuanan", TestAcceptedArticle.PATH).status_code == 404

    def test_other_agency_learns_nothing_of_the_article(self, admin, article, district, approver_of):
        stranger = admin(approver_of(district), "thuanan")
        assert stranger.get(reverse("offer_article", args=[article.pk])).status_code == 404
        assert (
            stranger.post(reverse("offer_article", args=[article.pk]), {"agencies": [district.pk]}).status_code == 404
        )

    def test_forged_answer_of_another_agency_is_refused(self, admin, offer, department, approver_of):
        origin = admin(approver_of(department), "stttt")
        for answer in ("accept", "decline", "drop"):
            assert origin.post(reverse(f"{answer}_offer", args=[offer.pk])).status_code == 404

    def test_editor_without_the_role_sees_no_offers(self, admin, offer, district, editor_of):
        assert admin(editor_of(district), "thuanan").get(reverse("offered_news")).status_code in {302, 403}

    def test_declining_needs_a_reason(self, admin, offer, district, approver_of):
        receiver = admin(approver_of(district), "thuanan")
        receiver.post(reverse("decline_offer", args=[offer.pk]), {})
        offer.refresh_from_db()
        assert offer.state == OfferState.OFFERED
