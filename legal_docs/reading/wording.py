"""Why a file is not read, and what an editor should look at where it is, in words.

The worker passes keys and facts; the words are made where somebody reads them, in that person's language.
"""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "missing": _("The file is not there any more. Upload it again."),
    "empty": _("The file is empty (0 bytes). Save it again in the program it was made with, and upload it again."),
    "too_large": _(
        "The file is larger than %(megabytes)s MB. Save it with smaller pictures, or divide it and upload the parts."
    ),
    "too_many_pages": _("The file has %(pages)s pages; at most %(most)s are read. Divide it and upload the parts."),
    "unknown": _(
        "The content of the file is none of the kinds that are read (Word, PDF, plain text). "
        "Open it in the program it was made with, and save it as DOCX or PDF."
    ),
    "web_page": _(
        "This is not a document but a web page, as a failed download leaves one behind. "
        "Open it in the browser to see what it says, and download the document again."
    ),
    "archive": _("This is an archive (ZIP, RAR or 7z). Unpack it and upload the document that is in it."),
    "spreadsheet": _(
        "This is a table or a presentation, not a text. Attach it as an annex, or save it as PDF and upload that."
    ),
    "open_document": _("This is an OpenDocument text. Open it and save it as DOCX."),
    "encrypted": _(
        "The file is protected by a password. Remove the password in the program it was made with, and upload it again."
    ),
    "broken": _(
        "The file is damaged or was not uploaded completely. Open it on your computer: if it opens there, "
        "save it again and upload it; if not, ask for it anew."
    ),
    "external_entities": _(
        "The file holds a document type declaration, which no word processor writes and which can be used for attacks. "
        "It is not read. Open it in Word and save it as a new DOCX."
    ),
    "zip_bomb": _(
        "The file is small but would unpack to an enormous size, as files made for attacks do. It is not read. "
        "If you trust its sender, open it in Word and save it as a new DOCX."
    ),
    "no_text": _("There is no text in the file."),
    "scan": _(
        "The PDF is a scan: its pages are pictures without text, and this server cannot recognise text in pictures. "
        "Paste the text, upload the Word file, or ask the operator to install %(packages)s."
    ),
    "picture": _(
        "The file is a picture, and this server cannot recognise text in pictures. "
        "Paste the text, upload the Word file, or ask the operator to install %(packages)s."
    ),
    "unreadable_letters": _(
        "The PDF does not say which letters its signs stand for, so that its text comes out as nonsense. "
        "Upload the Word file or paste the text."
    ),
    "recognition_failed": _(
        "Recognising text in the scanned pages failed. Scan the document again, straight and at 300 dots per inch, "
        "or paste the text."
    ),
    "no_converter": _(
        "Old Word files (.doc) and RTF cannot be read on this server. Open the file in Word and save it as DOCX, "
        "or ask the operator to install %(packages)s."
    ),
    "conversion_failed": _(
        "The old Word file could not be converted. Open it in Word, save it as DOCX, and upload that."
    ),
    "encoding": _(
        "It cannot be told in which encoding the text is written. Save it as UTF-8: in Excel “CSV UTF-8”, "
        "in Notepad “Save as” with the encoding UTF-8."
    ),
    "broken_utf8": _(
        "The text is UTF-8, but line %(line)s holds signs that are not. Mend that line and save the file as UTF-8."
    ),
    "too_slow": _(
        "Reading the file took longer than %(seconds)s seconds and was stopped. Divide it, or save it again as DOCX."
    ),
    "too_much_memory": _(
        "Reading the file needs more memory than is allowed (%(mebibytes)s MiB) and was stopped. "
        "Divide it, or save it again as DOCX."
    ),
    "too_much_text": _("The file holds more text than can be taken over. Divide it and upload the parts."),
    "interrupted": _("Reading was interrupted when the server was stopped or restarted. Begin it again."),
    "stopped": _("Reading was stopped by an editor."),
    "not_begun": _(
        "Nothing took the file out of the queue for a day. Begin again; if it goes on waiting, tell the operator."
    ),
    "internal": _(
        "The file was read, but its text could not be kept: a fault of this program. Tell the operator, whose log "
        "says what happened."
    ),
    "crashed": _(
        "The file could not be read: the program that reads it was ended by it. Open it on your computer, "
        "save it as a new DOCX or PDF, and upload that."
    ),
}

REMARKS = {
    "tracked_changes": _(
        "The file holds tracked changes: what was inserted is taken over, what was deleted is left out."
    ),
    "comments": _("Comments in the margin of the file are left out."),
    "pictures": _("Pictures in the file are not taken over: %(count)s. Text in them is missing."),
    "formulas": _("Formulas are taken over as plain text: %(count)s. Compare them with the original."),
    "footnotes": _("Footnotes stand at the end of the text: %(count)s."),
    "name_lies": _("The file is named “%(name)s”, but it is %(kind)s and was read as such."),
    "old_fonts": _(
        "The text was written with old fonts (%(encodings)s) and was changed to Unicode. "
        "Compare capitals and accents with the original."
    ),
    "old_fonts_left": _(
        "Some text is written with old fonts (%(fonts)s) that were not recognised. Look for wrong letters."
    ),
    "missing_letters": _(
        "%(count)s signs of the PDF could not be read; “�” stands in their places. Complete them from the original."
    ),
    "recognised": _("The text was recognised in pictures by a machine. Compare it with the original word by word."),
    "hidden_text": _(
        "The pages are pictures with text that a scanner recognised. Compare it with the original word by word."
    ),
    "pages_without_text": _(
        "These pages are pictures and their text is missing: %(pages)s. Type it in, or ask the operator to install "
        "%(packages)s."
    ),
    "damaged_pages": _(
        "These pages are damaged and their text is missing: %(pages)s. Complete them from the original."
    ),
    "doubtful_words": _(
        "Only %(percent)s%% of the words are Vietnamese syllables. The text of the file may be damaged."
    ),
    "encoding": _("The text was read as %(encoding)s. Check the accents."),
    "number_missing": _(
        "The number or the date is missing from the head (left blank, or stamped when it was signed). "
        "Fill it in from the original."
    ),
    "converted": _("The old Word file was converted by LibreOffice. Compare tables and numbering."),
}

KINDS = {
    "pdf": _("a PDF"),
    "docx": _("a Word file (DOCX)"),
    "doc": _("an old Word file (DOC)"),
    "rtf": _("an RTF file"),
    "html": _("a web page"),
    "text": _("plain text"),
    "image": _("a picture"),
}


def reason_sentence(reason: str, facts: dict) -> str:
    """Return why a file is not read, in the language that is active."""
    return str(REASONS[reason]) % facts


def remark_sentence(about: str, facts: dict) -> str:
    """Return a remark in the language that is active."""
    if "kind" in facts:
        facts = {**facts, "kind": str(KINDS[facts["kind"]])}
    return str(REMARKS[about]) % facts
