"""Signatures of PDFs are told as they are: valid, not trusted, changed, expired, unreadable; never an exception."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from legal_docs.signatures import SignatureReport, signatures_of

from . import reading_files as files

SIGNED_AT = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


def _key():
    # Short, so that the test is quick; nothing is protected by it.
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _name(person: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Sở Thử Nghiệm"),
            x509.NameAttribute(NameOID.COMMON_NAME, person),
        ]
    )


def _certificate(subject, key, issuer, issuer_key, is_authority=False, until=None):
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(SIGNED_AT - timedelta(days=700))
        .not_valid_after(until or SIGNED_AT + timedelta(days=365))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not is_authority,
                content_commitment=not is_authority,
                key_cert_sign=is_authority,
                crl_sign=is_authority,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
    )
    return builder.sign(issuer_key, hashes.SHA256())


class Office:
    """An authority and a signer whose certificate it issued."""

    def __init__(self, until=None):
        authority_key, key = _key(), _key()
        self.authority = _certificate("Cơ quan gốc", authority_key, "Cơ quan gốc", authority_key, is_authority=True)
        certificate = _certificate("Người ký thử", key, "Cơ quan gốc", authority_key, until=until)
        self.signer = signers.SimpleSigner(
            signing_cert=asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
            signing_key=keys.PrivateKeyInfo.load(
                key.private_bytes(
                    serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
                )
            ),
            cert_registry=SimpleCertificateStore(),
        )

    def sign(self, data: bytes, field: str = "Signature1") -> bytes:
        """Return a PDF with a further signature."""
        # pyHanko runs a loop of its own, which a thread with a running one (a browser test left it) does not allow.
        with ThreadPoolExecutor(max_workers=1) as thread:
            return thread.submit(self._sign, data, field).result()

    def _sign(self, data, field):
        writer = IncrementalPdfFileWriter(BytesIO(data))
        fields.append_signature_field(writer, fields.SigFieldSpec(field))
        with time_machine.travel(SIGNED_AT, tick=False):
            return signers.sign_pdf(writer, signers.PdfSignatureMetadata(field_name=field), self.signer).getvalue()


@pytest.fixture(scope="module")
def office():
    return Office()


@pytest.fixture(scope="module")
def unsigned():
    return files.pdf([files.text("Quyết định số 1", 60, 100)])


@pytest.fixture(scope="module")
def signed(office, unsigned):
    return office.sign(unsigned)


@pytest.fixture
def roots(office, tmp_path) -> Path:
    folder = tmp_path / "roots"
    folder.mkdir()
    (folder / "root.pem").write_bytes(office.authority.public_bytes(serialization.Encoding.PEM))
    (folder / "README").write_text("No certificate.")
    return folder


def test_a_valid_signature_tells_who_and_when(signed, roots):
    (report,) = signatures_of(signed, roots=roots)
    assert report.verdict == "valid"
    assert (report.signer, report.organisation, report.issuer) == ("Người ký thử", "Sở Thử Nghiệm", "Cơ quan gốc")
    assert report.moment == SIGNED_AT
    assert report.sentences() == [
        "Người ký: Người ký thử, Sở Thử Nghiệm.",
        "Chữ ký hợp lệ: tệp còn nguyên như khi ký và chứng thư được tin cậy.",
        "Thời điểm do máy tính của người ký ghi; không có tổ chức nào cấp dấu thời gian.",
    ]
    assert SignatureReport.from_json(report.as_json()) == report


def test_without_trusted_authorities_the_file_is_unchanged_but_not_trusted(signed, tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(signed)
    (report,) = signatures_of(path)
    assert (report.verdict, report.is_unchanged, report.is_valid) == ("untrusted", True, False)


def test_one_changed_byte_is_found(signed, roots):
    (report,) = signatures_of(signed.replace(b"/MediaBox [0 0 595", b"/MediaBox [0 0 594", 1), roots=roots)
    assert (report.verdict, report.is_unchanged) == ("changed", False)


def test_a_further_signature_changes_nothing(office, signed, roots):
    first, second = signatures_of(office.sign(signed, "Signature2"), roots=roots)
    assert (first.verdict, first.is_followed) == ("valid", True)
    assert (second.verdict, second.is_followed) == ("valid", False)


def test_a_page_that_was_changed_afterwards_is_told(signed, roots):
    writer = IncrementalPdfFileWriter(BytesIO(signed))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Rotate"] = generic.NumberObject(90)
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)
    (report,) = signatures_of(out.getvalue(), roots=roots)
    assert (report.verdict, report.is_unchanged) == ("extended", False)


def test_a_certificate_that_had_expired_when_it_signed_is_told(unsigned, tmp_path):
    late = Office(until=SIGNED_AT - timedelta(days=1))
    (tmp_path / "root.der").write_bytes(late.authority.public_bytes(serialization.Encoding.DER))
    (report,) = signatures_of(late.sign(unsigned), roots=tmp_path)
    assert report.verdict == "expired"


def test_a_file_that_was_written_anew_is_told_to_be_changed(signed):
    # A tool that shrinks PDFs copies the signature without what it signed.
    (report,) = signatures_of(signed.replace(b"/ByteRange [0 ", b"/ByteRange [9 ", 1))
    assert report.verdict == "changed"
    assert report.signer == "Người ký thử"


def test_a_signature_that_is_damaged_is_told(signed):
    place = signed.index(b"/Contents <") + len(b"/Contents <")
    (report,) = signatures_of(signed[:place] + b"00" * 200 + signed[place + 400 :])
    assert report.verdict == "broken"


def test_a_file_without_signature_has_none(unsigned):
    assert signatures_of(unsigned) == []


@pytest.mark.parametrize("data", [b"", b"no PDF", files.docx(files.paragraph("a")), b"%PDF-1.7\nbroken"])
def test_other_files_and_broken_ones_have_none(data):
    assert signatures_of(data) == []


def test_a_truncated_signed_file_never_raises(signed):
    for length in (200, len(signed) // 2, len(signed) - 50):
        assert all(isinstance(report, SignatureReport) for report in signatures_of(signed[:length]))
