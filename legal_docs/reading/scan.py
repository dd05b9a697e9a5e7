"""Scanned pages: ocrmypdf and Tesseract put a text layer behind the pictures, and that is read as any other."""

from dataclasses import replace
from pathlib import Path

from PIL import Image

from .limits import Limits
from .outcome import Draft, UnreadableFile, remark
from .pdf import TextLayer, draft_of, open_layer
from .programs import PACKAGES, ProgramFailed, is_installed, knows_option, run
from .sniffing import MEDIA_TYPES, FileKind

_SHARE_OF_TIME = 0.9
_TELLS_PROGRESS = Path(__file__).with_name("ocrmypdf_progress.py")
_SIGNED = "--invalidate-digital-signatures"
# A4 at 600 dots per inch in colour is 35 million points.
_MOST_POINTS = 100_000_000


def read_scan(path: Path, folder: Path, limits: Limits, over_text: bool = False) -> Draft:
    """Return the text of a PDF after recognition; `over_text` does not believe the text that it has."""
    if not is_installed("ocrmypdf"):
        reason = "unreadable_letters" if over_text else "scan"
        raise UnreadableFile(reason, {"packages": PACKAGES["ocrmypdf"]})
    mode = "--force-ocr" if over_text else "--skip-text"
    recognised = open_layer(_recognised(path, folder, limits, mode), limits, folder)
    if recognised.is_scan:
        raise UnreadableFile("recognition_failed")
    return _as_scan(recognised)


def read_image(path: Path, folder: Path, limits: Limits) -> Draft:
    """Return the text of one picture of a page."""
    if not is_installed("ocrmypdf"):
        raise UnreadableFile("picture", {"packages": PACKAGES["ocrmypdf"]})
    page = folder / "page.pdf"
    try:
        with Image.open(path) as picture:
            if picture.width * picture.height > _MOST_POINTS:
                raise UnreadableFile("recognition_failed")
            picture.convert("RGB").save(page, resolution=picture.info.get("dpi", (300, 300))[0] or 300)
            media_type = Image.MIME.get(picture.format, MEDIA_TYPES[FileKind.IMAGE])
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnreadableFile("broken") from error
    return replace(read_scan(page, folder, limits), media_type=media_type)


def complete(path: Path, layer: TextLayer, folder: Path, limits: Limits) -> Draft:
    """Return the text of a PDF in which some pages are pictures; without recognition it says which are missing."""
    pages = ", ".join(map(str, layer.empty))
    if is_installed("ocrmypdf"):
        try:
            return _as_scan(open_layer(_recognised(path, folder, limits, "--skip-text"), limits, folder))
        except UnreadableFile:
            pass
    draft = draft_of(layer)
    missing = remark("pages_without_text", pages=pages, packages=PACKAGES["ocrmypdf"])
    return replace(draft, remarks=(missing, *draft.remarks))


def _as_scan(layer):
    draft = draft_of(layer)
    remarks = tuple(each for each in draft.remarks if each.about not in ("hidden_text", "missing_letters"))
    return replace(draft, source="scan", remarks=(remark("recognised"), *remarks))


def _recognised(path, folder, limits, mode):
    """Return the path of a PDF with a text layer. The original stays as it is: its signature would break."""
    source, target = folder / "scan.pdf", folder / "recognised.pdf"
    source.unlink(missing_ok=True)
    source.symlink_to(path)
    command = ["ocrmypdf", "--language", "vie", "--output-type", "pdf", "--optimize", "0", "--jobs", "1"]
    command += ["--rotate-pages", "--deskew", "--quiet", mode]
    command += ["--plugin", str(_TELLS_PROGRESS)]
    # From version 15 on signed files are refused without it; before, the option is not known.
    if knows_option("ocrmypdf", _SIGNED):
        command.append(_SIGNED)
    try:
        run([*command, str(source), str(target)], folder, limits, _SHARE_OF_TIME * limits.seconds)
    except ProgramFailed as error:
        raise UnreadableFile("recognition_failed") from error
    return target
