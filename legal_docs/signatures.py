"""Digital signatures of files, told in words: who signed, when, and whether the file is still what was signed."""

import os
import tempfile
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .reading import Limits, UnreadableFile
from .reading.isolation import in_worker

VERDICTS = {
    "valid": gettext_lazy("The signature is valid: the file is as it was signed, and the certificate is trusted."),
    "untrusted": gettext_lazy(
        "The file is as it was signed. Whether the certificate is genuine could not be verified: "
        "its issuer is not among those that this server trusts."
    ),
    "expired": gettext_lazy("The file is as it was signed, but the certificate was not valid at the time of signing."),
    "revoked": gettext_lazy("The file is as it was signed, but the certificate has been revoked."),
    "extended": gettext_lazy(
        "What was signed is unchanged, but things were added later that the signature does not cover. "
        "What the file shows may differ from what was signed."
    ),
    "changed": gettext_lazy("The file was changed after it was signed, or written anew by another program."),
    "broken": gettext_lazy("The file carries a signature that cannot be read."),
}
# Whether a reader may rely on the file being what was signed.
_UNCHANGED = frozenset({"valid", "untrusted", "expired", "revoked"})
_DEFAULT_LIMITS = Limits(seconds=120, processor_seconds=60)


@dataclass(frozen=True)
class SignatureReport:
    """One signature of a file; plain values, moments in ISO 8601 with their zone, "" where nothing is said.

    `signed_at` is what the signer's computer said, `stamped_at` what a time-stamping authority vouches for.
    `is_followed` tells that the file went on after this signature, as it does with each further one.
    """

    verdict: str
    is_timestamp: bool = False
    signer: str = ""
    organisation: str = ""
    position: str = ""
    issuer: str = ""
    serial_number: str = ""
    signed_at: str = ""
    stamped_at: str = ""
    certificate_from: str = ""
    certificate_until: str = ""
    is_followed: bool = False
    has_weak_digest: bool = False

    @property
    def is_unchanged(self) -> bool:
        """Whether the file is still what was signed."""
        return self.verdict in _UNCHANGED

    @property
    def is_valid(self) -> bool:
        """Whether the file is unchanged and the certificate is trusted."""
        return self.verdict == "valid"

    @property
    def moment(self) -> datetime | None:
        """When it was signed: the stamped time where there is one."""
        text = self.stamped_at or self.signed_at
        return datetime.fromisoformat(text) if text else None

    def as_json(self) -> dict:
        """Return what from_json makes a report of again."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict) -> "SignatureReport":
        """Return the report that as_json wrote."""
        return cls(**data)

    def sentences(self) -> list[str]:
        """Return the report in words: who, the verdict, and what else a careful reader should know."""
        found = [self._who(), str(VERDICTS[self.verdict])]
        if self.signed_at and not self.stamped_at and not self.is_timestamp:
            found.append(_("The time is that of the signer's computer; no authority has stamped it."))
        if self.has_weak_digest:
            found.append(_("It was made with SHA-1, which is not regarded as safe any more."))
        return [sentence for sentence in found if sentence]

    def _who(self):
        if self.is_timestamp:
            return _("Time stamp of %(signer)s.") % {"signer": self.signer}
        if self.signer and self.organisation:
            return _("Signed by %(signer)s, %(organisation)s.") % asdict(self)
        return _("Signed by %(signer)s.") % asdict(self) if self.signer else ""


def signatures_of(
    source: str | os.PathLike | bytes, *, roots: str | os.PathLike | None = None, limits: Limits = _DEFAULT_LIMITS
) -> list[SignatureReport]:
    """Return the signatures of a PDF, in the order in which they were made; none for other files and broken ones.

    `roots` is a directory of certificates in PEM or DER form: those of the authorities that are trusted, and those
    between them and the signers. Nothing is fetched from the network. A file never makes this raise: one with a
    signature that cannot be read has a report with the verdict "broken".
    """
    if isinstance(source, bytes):
        with tempfile.NamedTemporaryFile(prefix="signed-") as file:
            file.write(source)
            file.flush()
            return _signatures(Path(file.name), roots, limits)
    return _signatures(Path(source), roots, limits)


def _signatures(path, roots, limits):
    directory = str(Path(roots).absolute()) if roots else ""
    try:
        found = in_worker({"task": "signatures", "path": str(path.absolute()), "roots": directory}, limits)
    except UnreadableFile:
        return [SignatureReport("broken")] if _mentions_signature(path) else []
    return [SignatureReport.from_json(each) for each in found]


def _mentions_signature(path):
    """Tell whether a file that cannot be read as a PDF nevertheless was signed once."""
    try:
        with path.open("rb") as file:
            data = file.read(_DEFAULT_LIMITS.file_bytes)
    except OSError:
        return False
    return b"%PDF-" in data[:1029] and b"/ByteRange" in data
