"""Reads JSON Lines: one thing per line, never more than a line in memory."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from .refusals import RowError

# A body with a handful of pictures as data: URIs fits; a file without line ends must not fill the memory.
MAX_LINE = 5_000_000


def read_jsonl(file: BinaryIO, longest: int = MAX_LINE) -> Iterator[tuple[int, dict | RowError]]:
    """Yield (line number, fields), or the error in place of the fields; empty lines are passed over.

    A line has `longest` bytes at most.
    """
    number = 0
    while line := file.readline(longest + 1):
        number += 1
        if len(line) > longest and not line.endswith(b"\n"):
            _skip_line(file)
            yield number, RowError(_("the line is longer than %(limit)d MB") % {"limit": longest // 1_000_000})
        elif line.strip():
            yield number, _parse(line, is_first=number == 1)


def _skip_line(file):
    while (chunk := file.readline(MAX_LINE)) and not chunk.endswith(b"\n"):
        pass


def _parse(line, is_first):
    try:
        fields = json.loads(line.decode("utf-8-sig" if is_first else "utf-8"))
    except UnicodeDecodeError:
        return RowError(_("the line is not UTF-8"))
    except RecursionError:
        return RowError(_("the line is nested too deeply"))
    except ValueError as error:
        return RowError(_("the line is not JSON: %(problem)s") % {"problem": error})
    if not isinstance(fields, dict):
        return RowError(_("the line is not a JSON object"))
    return fields
