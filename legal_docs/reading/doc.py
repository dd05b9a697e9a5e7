"""Old Word files (.doc) and RTF: LibreOffice makes a DOCX of them, and that is read."""

from dataclasses import replace
from pathlib import Path

from .docx import read_docx
from .limits import Limits
from .outcome import Draft, UnreadableFile, remark
from .programs import PACKAGES, ProgramFailed, is_installed, run
from .sniffing import MEDIA_TYPES, FileKind

_SHARE_OF_TIME = 0.6


def read_doc(path: Path, kind: FileKind, folder: Path, limits: Limits) -> Draft:
    """Return the text of a DOC or RTF file; the folder is for what is written on the way."""
    if not is_installed("soffice"):
        raise UnreadableFile("no_converter", {"packages": PACKAGES["soffice"]})
    # The name is ours: one given by somebody else may be read as an option or lead elsewhere.
    source = folder / f"source.{kind}"
    source.symlink_to(path)
    command = [
        "soffice",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nologo",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder / "converted"),
        str(source),
    ]
    try:
        run(command, folder, limits, _SHARE_OF_TIME * limits.seconds)
    except ProgramFailed as error:
        raise UnreadableFile("conversion_failed") from error
    converted = folder / "converted" / "source.docx"
    # LibreOffice says "done" also where it could not open the file.
    if not converted.is_file():
        raise UnreadableFile("conversion_failed")
    draft = read_docx(converted, limits)
    remarks = (remark("converted"), *draft.remarks)
    return replace(draft, source="doc", media_type=MEDIA_TYPES[kind], remarks=remarks)
