"""Who else is at work on a page or record: colleagues by name, who comes from outside the agency without one.

That somebody else is writing must be known, or two people write over each other. Who works for another agency, under
which name and with which face, is that agency's business.
"""

import json
from datetime import datetime
from http import HTTPStatus

from django.contrib.auth import get_user_model
from django.http import JsonResponse
from django.utils.translation import gettext as _
from wagtail.admin.models import EditingSession
from wagtail.admin.ui.editing_sessions import EditingSessionsList
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views import editing_sessions
from wagtail.models import Revision

from sites.permissions import acts_everywhere
from sites.sight import seen_by


def ping(request, app_label, model_name, object_id, session_id):
    """Answer as Wagtail does, with a description in place of a name of another agency."""
    answer = editing_sessions.ping(request, app_label, model_name, object_id, session_id)
    told = json.loads(answer.content) if answer.status_code == HTTPStatus.OK else {}
    if not told.get("other_sessions"):
        return answer
    shown = _as_known_to(request.user, told["other_sessions"])
    told["other_sessions"] = [{**entry, "user": get_user_display_name(entry["user"])} for entry in shown]
    current = EditingSession(pk=told["session_id"], user=request.user)
    for entry in shown:
        entry["last_seen_at"] = datetime.fromisoformat(entry["last_seen_at"])
    return JsonResponse({**told, "html": EditingSessionsList(current, shown).render_html()})


def _as_known_to(viewer, entries):
    """Return the entries with their people, or with somebody without name and face who says only where from."""
    of_sessions = EditingSession.objects.in_bulk([entry["session_id"] for entry in entries if entry["session_id"]])
    of_revisions = Revision.objects.defer("content").in_bulk(
        [entry["revision_id"] for entry in entries if entry["revision_id"]]
    )
    user_model = get_user_model()
    people = user_model.objects.select_related("wagtail_userprofile").in_bulk(
        [thing.user_id for thing in (*of_sessions.values(), *of_revisions.values()) if thing.user_id]
    )
    known = set(seen_by(viewer, user_model.objects.filter(pk__in=people)).values_list("pk", flat=True)) | {viewer.pk}
    shown = []
    for entry in entries:
        place = of_sessions.get(entry["session_id"]) or of_revisions.get(entry["revision_id"])
        if place is None:
            continue  # Gone since the question.
        person = people.get(place.user_id)
        shown.append({**entry, "user": person if person is None or person.pk in known else _stranger(person)})
    return shown


def _stranger(person):
    name = _("Administrator of the province") if acts_everywhere(person) else _("Somebody of another agency")
    return get_user_model()(full_name=name)
