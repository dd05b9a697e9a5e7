"""How much a file may cost: bytes, pages, memory, time."""

from dataclasses import dataclass

MEGABYTE = 1_000_000
MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """The bounds of one reading; sizes in bytes, times in seconds.

    `memory` bounds the worker's address space, `program_memory` that of LibreOffice and Tesseract, which map far more
    than they use. `processor_seconds` holds for each process, `seconds` by the clock for all of it; 2,000 pages of PDF
    take about 200 of the former.
    """

    file_bytes: int = 100 * MEGABYTE
    pages: int = 2_000
    memory: int = 1024 * MEBIBYTE
    program_memory: int = 4096 * MEBIBYTE
    processor_seconds: int = 480
    seconds: int = 900
    written_bytes: int = 500 * MEGABYTE
    result_bytes: int = 50 * MEGABYTE
    # A real DOCX has some dozens of parts; one of 500 pages has a main part of about 20 MB, packed 20 : 1.
    members: int = 5_000
    member_bytes: int = 100 * MEGABYTE
    unpacked_bytes: int = 300 * MEGABYTE
    ratio: int = 200


# What nobody waits for before a screen: recognising a scan takes some seconds a page, so hours for hundreds of pages.
IN_QUEUE = Limits(processor_seconds=3_600, seconds=3 * 3_600)
