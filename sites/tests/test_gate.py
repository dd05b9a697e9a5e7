from itertools import product

import pytest

from sites.enums import Role
from sites.models import AgencyGroup

# Sees one agency, acts in all, reads all.
ROLES = [Role.EDITOR, Role.PROVINCIAL_ADMINISTRATOR, Role.AUDITOR]
# Each reads what the query or form names before it asks whether that can be a key.
READERS = [
    "/admin/api/main/pages/find/",
    "/admin/api/main/images/find/",
    "/admin/api/main/documents/find/",
    "/admin/choose-page/chosen-multiple/",
    "/admin/images/chooser/chosen-multiple/",
    "/admin/documents/chooser/chosen-multiple/",
]
NO_KEYS = ["không phải số", "1.5", "\x00", "9" * 400]


@pytest.fixture(params=ROLES)
def person(request, province, django_user_model):
    person = django_user_model.objects.create_user(f"nguoi.{request.param}")
    person.groups.add(AgencyGroup.objects.get(agency=province, role=request.param, name="").group)
    return person


class TestWhatIsNoKey:
    def test_is_not_found_or_refused_for_everybody(self, person, province, client_for):
        client = client_for(province, person)
        for address, key in product(READERS, NO_KEYS):
            assert client.get(address, {"id": key}).status_code in {302, 400, 404}, (address, key)


class TestWhatIsNoAddress:
    def test_is_not_found_for_everybody(self, person, province, client_for):
        answer = client_for(province, person).get("/admin/khong-co-trang-nay/")
        assert answer.status_code == 404
        assert "wagtail" in answer.text

    def test_asks_a_stranger_to_sign_in(self, province, client_for):
        assert client_for(province).get("/admin/khong-co-trang-nay/").status_code == 302
