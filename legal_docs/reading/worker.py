"""The worker: one process reads one file, within bounds, and ends. Run as python -m legal_docs.reading.worker.

The task comes as JSON by standard input, the answer goes as JSON into a file of the folder in which it runs. It needs
no Django and gets no settings, so there is nothing in it that a hostile file could ask for.
"""

import json
import math
import resource
import signal
import sys
import traceback
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from legal_docs.structure.tree import block_to_json

from .limits import MEBIBYTE, Limits
from .outcome import Draft, UnreadableFile

# Documents nest: tables in cells, lists in quotations. The bound on memory comes before this one.
_DEPTH = 5_000
_GRACE = 5


def main() -> None:
    """Carry out the task of standard input and write the answer."""
    task = json.load(sys.stdin)
    limits = Limits(**task["limits"])
    _bind(limits)
    answer = json.dumps(_answer(task, limits), ensure_ascii=False).encode()
    if len(answer) > limits.result_bytes:
        answer = json.dumps(_error("too_much_text")).encode()
    Path(task["answer"]).write_bytes(answer)


def _bind(limits):
    """Set the bounds of this process and of the programs that it starts."""
    sys.setrecursionlimit(_DEPTH)
    _limit(resource.RLIMIT_CORE, 0, 0)
    _limit(resource.RLIMIT_FSIZE, limits.written_bytes, limits.written_bytes)
    _limit(resource.RLIMIT_CPU, limits.processor_seconds, limits.processor_seconds + _GRACE)
    # LibreOffice needs more than the worker; only the bound that can be raised again is the worker's own.
    _limit(resource.RLIMIT_AS, limits.memory, max(limits.memory, limits.program_memory))
    # Where the server dies, nobody else stops the worker.
    signal.alarm(math.ceil(limits.seconds) + _GRACE)


def _limit(kind, soft, hard):
    most = resource.getrlimit(kind)[1]
    if most != resource.RLIM_INFINITY:
        soft, hard = min(soft, most), min(hard, most)
    resource.setrlimit(kind, (soft, hard))


def _answer(task, limits):
    try:
        return {"found": _TASKS[task["task"]](task, limits)}
    except UnreadableFile as error:
        return _error(error.reason, error.facts)
    except MemoryError:
        return _out_of_memory(limits)
    except Exception as error:  # whatever a library trips over: the file is what is wrong
        traceback.print_exc()
        return _out_of_memory(limits) if "memory" in str(error).lower() else _error("broken")


def _error(reason, facts=None):
    return {"error": reason, "facts": facts or {}}


def _out_of_memory(limits):
    return _error("too_much_memory", {"mebibytes": limits.memory // MEBIBYTE})


def _read(task, limits):
    parsing = import_module("legal_docs.reading.parsing")
    draft = parsing.read_file(Path(task["path"]), task["name"], Path.cwd(), limits)
    return draft_to_json(draft)


def _signatures(task, _limits):
    signatures = import_module("legal_docs.reading.pdf_signatures")
    roots = Path(task["roots"]) if task["roots"] else None
    return [asdict(found) for found in signatures.find_signatures(Path(task["path"]), roots)]


# Each task loads only the libraries it needs.
_TASKS = {"read": _read, "signatures": _signatures}


def draft_to_json(draft: Draft) -> dict:
    """Return a draft as plain lists and dictionaries."""
    return {
        "blocks": [block_to_json(block) for block in draft.blocks],
        "source": draft.source,
        "media_type": draft.media_type,
        "pages": draft.pages,
        "remarks": [[remark.about, dict(remark.facts)] for remark in draft.remarks],
    }


if __name__ == "__main__":
    main()
