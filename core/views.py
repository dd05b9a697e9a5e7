"""Pictures and files leave by these doors alone; no path below the media folder is served as it is."""

import mimetypes
import posixpath
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils._os import safe_join
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from wagtail.documents.models import document_served

from .models import File, Picture
from .visibility import is_granted, is_public, may_see

# A withdrawn picture or file must disappear soon.
PUBLIC = "public, max-age=300"
PRIVATE = "private, no-store"
_DOWNLOAD = "application/octet-stream"


@require_safe
def serve_media(request, path):
    """Answer with a size of a picture, or for those who may edit it with its original; everything else is 404."""
    picture = _find_picture(path)
    if picture is None:
        raise Http404
    is_rendition = path.startswith("renditions/")
    if is_rendition and is_public(picture):
        return _send(path, PUBLIC)
    if may_see(request.user, picture) or (is_rendition and is_granted(request, picture)):
        return _send(path, PRIVATE)
    raise Http404


@require_safe
def serve_file(request, document_id, filename):
    """Answer with a file as a download: to all when something public shows it, else to those who may edit it.

    It stands before Wagtail's own view, whose hooks can refuse a file but not say who may keep a copy.
    """
    file = get_object_or_404(File.objects.select_related("collection"), pk=document_id)
    if file.filename != filename:
        raise Http404
    if is_public(file):
        cache_control = PUBLIC
    elif may_see(request.user, file) or is_granted(request, file):
        cache_control = PRIVATE
    else:
        raise Http404
    content_type = file.content_type if file.file_extension.lower() in settings.WAGTAILDOCS_EXTENSIONS else _DOWNLOAD
    response = _send(file.file.name, cache_control, content_type)
    response["Content-Disposition"] = content_disposition_header(True, file.filename)
    document_served.send(sender=File, instance=file, request=request)
    return response


def _find_picture(path):
    # "renditions/1/../../original_images/x.jpg" begins like a public address and ends elsewhere.
    if posixpath.normpath(path) != path or "\\" in path:
        return None
    folder, _, rest = path.partition("/")
    pictures = Picture.objects.select_related("collection")
    if folder == "renditions":
        number = rest.split("/")[0]
        return pictures.filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None
    if folder == "original_images":
        return pictures.filter(file=path).first()
    return None


def _send(path, cache_control, content_type=None):
    content_type = content_type or mimetypes.guess_type(path)[0] or _DOWNLOAD
    if settings.MEDIA_ACCEL_PREFIX:
        response = HttpResponse(content_type=content_type)
        response["X-Accel-Redirect"] = settings.MEDIA_ACCEL_PREFIX + quote(path)
    else:
        try:
            full_path = Path(safe_join(settings.MEDIA_ROOT, path))
            response = FileResponse(full_path.open("rb"), content_type=content_type)
        except (OSError, ValueError) as error:
            raise Http404 from error
    response["Cache-Control"] = cache_control
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'"
    return response
