"""The digital signatures of a PDF, inside the worker: who signed, when, and whether the file is still the same.

Decree 30/2020/NĐ-CP, article 9 and Appendix I: an electronic document carries the signature of the person and of the
agency, with the time of signing. Nothing is fetched from the network, so revocation is known only from what the file
itself holds.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from asn1crypto import pem, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    KeyUsageConstraints,
    SignatureCoverageLevel,
    validate_pdf_signature,
    validate_pdf_timestamp,
)
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko_certvalidator import ValidationContext

from .outcome import UnreadableFile
from .sniffing import FileKind, sniff

# Signatures of before 2020 may use SHA-1: that is told, and they are read all the same.
_REFUSED_DIGESTS = {"md2", "md5"}
_WEAK_DIGESTS = {"sha1"}
_ANY_SIGNING_KEY = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
_MOST_SIGNATURES = 50
_LONGEST_NAME = 300


@dataclass(frozen=True)
class Found:
    """One signature as plain values; moments in ISO 8601 with their zone.

    `verdict` is one of legal_docs.signatures.VERDICTS.
    `signed_at` is what the signer's computer said; `stamped_at` what a time-stamping authority vouches for.
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


def find_signatures(path: Path, roots: Path | None) -> list[Found]:
    """Return the signatures of a PDF in the order in which they were made; none for any other file.

    `roots` is a directory of certificates (PEM or DER) that are trusted, with those that lie between.
    """
    logging.disable(logging.CRITICAL)
    if sniff(path) is not FileKind.PDF:
        return []
    trusted, between = _certificates(roots)
    with path.open("rb") as file:
        try:
            reader = PdfFileReader(file, strict=False)
            if reader.encrypted:
                raise UnreadableFile("encrypted")
            signatures = list(_signatures(reader))[:_MOST_SIGNATURES]
        except (PdfError, ValueError, KeyError, TypeError, OSError) as error:
            raise UnreadableFile("broken") from error
        return [_judge(signature, trusted, between) for signature in signatures]


def _certificates(roots) -> tuple[list[x509.Certificate], list[x509.Certificate]]:
    """Return those that are trusted by themselves and those that only link to them."""
    trusted, between = [], []
    for path in sorted(roots.iterdir()) if roots and roots.is_dir() else ():
        for certificate in _certificates_in(path.read_bytes()) if path.is_file() else ():
            (trusted if certificate.self_signed in ("yes", "maybe") else between).append(certificate)
    return trusted, between


def _certificates_in(data):
    try:
        if not pem.detect(data):
            return [x509.Certificate.load(data, strict=True)]
        return [x509.Certificate.load(der) for _name, _headers, der in pem.unarmor(data, multiple=True)]
    except ValueError:
        return []


def _signatures(reader) -> Iterator[EmbeddedPdfSignature]:
    """Yield the signatures of the form, and those that only a page still knows.

    Tools that shrink PDFs drop the form and leave the picture of the signature: such a file was signed once.
    """
    listed = reader.embedded_signatures
    yield from listed
    known = {id(signature.sig_object) for signature in listed} | {_contents(signature) for signature in listed}
    for field in _signed_widgets(reader):
        lost = EmbeddedPdfSignature(reader, field, str(field.get("/T", "")))
        if _contents(lost) not in known:
            known.add(_contents(lost))
            yield lost


def _contents(signature):
    return bytes(signature.pkcs7_content)[:256]


def _signed_widgets(reader):
    for number in range(int(reader.root["/Pages"]["/Count"])):
        page = reader.find_page_for_modification(number)[0].get_object()
        for reference in page.get("/Annots") or ():
            field = reference.get_object()
            if field.get("/FT") == "/Sig" and field.get("/V") is not None:
                yield field


def _judge(signature, trusted, between) -> Found:
    """Return what is found out about a signature; nothing that it holds makes this fail."""
    try:
        return _judged(signature, trusted, between)
    except Exception:  # whatever the libraries trip over: the signature is what is wrong
        return _broken(signature)


def _judged(signature, trusted, between):
    is_timestamp = signature.sig_object.get("/Type") == "/DocTimeStamp"
    facts = _facts(signature)
    if not _fits(signature):
        return Found("changed", is_timestamp, **facts)
    moment = _moment(signature)
    context = ValidationContext(
        trust_roots=trusted,
        other_certs=between,
        moment=moment,
        allow_fetching=False,
        weak_hash_algos=_REFUSED_DIGESTS,
    )
    if is_timestamp:
        status, stamped_at = validate_pdf_timestamp(signature, context), ""
        facts["signed_at"] = _iso(status.timestamp)
    else:
        status = validate_pdf_signature(signature, context, key_usage_settings=_ANY_SIGNING_KEY)
        stamped_at = _stamped_at(status)
    return Found(
        _verdict(status, facts, moment),
        is_timestamp,
        **facts,
        stamped_at=stamped_at,
        is_followed=status.coverage is not SignatureCoverageLevel.ENTIRE_FILE,
        has_weak_digest=status.md_algorithm in _WEAK_DIGESTS,
    )


def _fits(signature):
    """Tell whether the bytes that were signed lie in the file: written anew by a tool, it has other lengths."""
    start, length, second, rest = (int(number) for number in signature.byte_range)
    signature.reader.stream.seek(0, 2)
    return start == 0 and 0 < length < second and second + rest <= signature.reader.stream.tell()


def _moment(signature) -> datetime | None:
    """Return the moment for which the certificate must have been valid: that of signing, not today."""
    for token in extract_tst_data_iter(signature.signer_info, signed=False):
        return token["encap_content_info"]["content"].parsed["gen_time"].native
    return signature.self_reported_timestamp


def _stamped_at(status):
    stamp = status.timestamp_validity
    return _iso(stamp.timestamp) if stamp is not None and stamp.intact and stamp.valid else ""


def _verdict(status, facts, moment):
    if not (status.intact and status.valid):
        return "changed"
    if _is_extended(status):
        return "extended"
    if status.revoked:
        return "revoked"
    if status.trusted:
        return "valid"
    if moment and facts["certificate_until"] and not _was_valid(facts, moment):
        return "expired"
    return "untrusted"


def _is_extended(status):
    """Tell whether later changes are more than further signatures and what keeps them verifiable."""
    if status.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return False
    if status.docmdp_ok is False or status.modification_level is None:
        return True
    return status.modification_level.value > ModificationLevel.FORM_FILLING.value


def _was_valid(facts, moment):
    begin, end = (datetime.fromisoformat(facts[name]) for name in ("certificate_from", "certificate_until"))
    return begin <= moment <= end


def _facts(signature) -> dict[str, str]:
    certificate = signature.signer_cert
    subject, issuer = certificate.subject.native, certificate.issuer.native
    return {
        "signer": _text(subject.get("common_name")),
        "organisation": _text(subject.get("organizational_unit_name"), subject.get("organization_name")),
        "position": _text(subject.get("title")),
        "issuer": _text(issuer.get("common_name")) or _text(issuer.get("organization_name")),
        "serial_number": f"{certificate.serial_number:x}",
        "signed_at": _iso(signature.self_reported_timestamp),
        "certificate_from": _iso(certificate.not_valid_before),
        "certificate_until": _iso(certificate.not_valid_after),
    }


def _text(*values):
    """Return names from a certificate as one text; several of a kind come as a list."""
    flat = [each for value in values if value for each in (value if isinstance(value, list) else [value])]
    return ", ".join(map(str, flat))[:_LONGEST_NAME]


def _iso(moment):
    return moment.isoformat() if moment else ""


def _broken(signature):
    try:
        return Found("broken", **_facts(signature))
    except Exception:  # then not even the certificate can be read
        return Found("broken")
