import pytest
from collections import Counter
from django.db import connection
from django.test.utils import CaptureQueriesContext
from home.models import NewsIndexPage, NewsPage
import re
@pytest.mark.django_db
def test_q(department, client_for, editor_of, approver_of, administrator_of, operator):
    section = NewsIndexPage.objects.get(url_path="/stttt/tin-tuc/hoat-dong/")
    for n in range(30):
        p = NewsPage(title=f"Bài {n}", slug=f"bai-{n}", summary="x", live=n % 2 == 0)
        section.add_child(instance=p)
    for name, user in (("op", operator), ("ed", editor_of(department)), ("ap", approver_of(department)), ("ad", administrator_of(department))):
        c = client_for(department, user)
        for path in (f"/admin/pages/{section.pk}/", "/admin/choose-page/%d/" % section.pk):
            r = c.get(path, follow=True)
            with CaptureQueriesContext(connection) as q:
                r = c.get(path)
            shapes = Counter(re.sub(r"(\d+|'[^']*'|IN \([^)]*\))", "?", x["sql"]) for x in q.captured_queries)
            print(name, path, r.status_code, len(q))
            for s, k in shapes.most_common(9):
                if k > 1 and name in ("ad","ap"): print("     ", k, re.sub(r"SELECT .* FROM", "SELECT FROM", s)[:400])
