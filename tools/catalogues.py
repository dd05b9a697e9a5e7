"""Turns translation catalogues (.po) into the form that Django reads (.mo), without the gettext programs."""

import sys
from pathlib import Path

import polib


def compile_catalogue(source: Path) -> None:
    """Write the .mo beside a .po; whole or not at all, as a running server may be reading it."""
    target = source.with_suffix(".mo")
    draft = source.with_suffix(".mo.draft")
    polib.pofile(str(source)).save_as_mofile(str(draft))
    draft.replace(target)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        compile_catalogue(Path(name))
