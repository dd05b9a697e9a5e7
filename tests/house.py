"""The files of this project, for tests that look at all of them."""

import os
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ("accounts", "audit", "cms", "core", "editorial", "home", "legal_docs", "search", "sites")
_NOT_OURS = {".git", ".venv", "var", "node_modules", "__pycache__"}


@cache
def files(*suffixes: str) -> tuple[Path, ...]:
    """All files of ours that end in one of the suffixes."""
    found = []
    for folder, subfolders, names in os.walk(ROOT):
        subfolders[:] = sorted(name for name in subfolders if name not in _NOT_OURS)
        found += [Path(folder, name) for name in sorted(names) if name.endswith(suffixes)]
    return tuple(found)


def named(path: Path) -> str:
    """A file as a reader knows it."""
    return str(path.relative_to(ROOT))
