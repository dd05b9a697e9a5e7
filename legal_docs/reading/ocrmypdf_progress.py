"""A plugin of ocrmypdf, which runs it in a process of its own: tells which page of a scan is being recognised.

Given by its path (--plugin); nothing of ours is imported there, and ours imports nothing of this.
"""

from pathlib import Path

from ocrmypdf import hookimpl


class Bar:
    """What ocrmypdf calls a progress bar; only the one of recognition is written down."""

    def __init__(self, *, total=None, desc=None, unit_scale=1, **_more):
        self._total, self._scale, self._done = total or 0, unit_scale, 0
        self._is_told = desc == "OCR"

    def __enter__(self):
        return self

    def __exit__(self, *_raised):
        return False

    def update(self, count=1, **_more):
        """Count what is done: version 14 says half pages, later ones pages."""
        self._done += count
        if self._is_told:
            part = Path("progress.part")
            part.write_text(f"recognising {int(self._done * self._scale)} {int(self._total * self._scale)}")
            part.replace("progress")


@hookimpl
def get_progressbar_class():
    """Answer the question of ocrmypdf's plugin interface."""
    return Bar
