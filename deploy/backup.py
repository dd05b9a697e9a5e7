"""Copies the database and the media folder: deploy/backup.py FOLDER [--keep 14].

The database first: a file is stored before the row that names it, so every row of the copy finds its file.
"""

import argparse
import shutil
from datetime import datetime
from pathlib import Path

from storage import DUMP, MEDIA, SUMS, call, media_folder, postgres_environment, run, sum_of

DRAFT = ".unfinished"


def main() -> None:
    """Make a copy named by the moment, and remove those that are too many."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--keep", type=int, default=14, help="how many copies are kept (14)")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    _remove(options.folder.glob(f"*{DRAFT}"))
    copy = _make_copy(options.folder)
    finished = sorted(path for path in options.folder.iterdir() if (path / SUMS).is_file())
    _remove(finished[: -max(options.keep, 1)])
    print(copy)


def _make_copy(folder):
    name = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    draft = folder / f"{name}{DRAFT}"
    draft.mkdir(mode=0o700)
    run("pg_dump", "--format=custom", "--no-owner", f"--file={draft / DUMP}", env=postgres_environment())
    media_folder().mkdir(parents=True, exist_ok=True)
    run("tar", "--create", f"--file={draft / MEDIA}", f"--directory={media_folder()}", ".")
    sums = [f"{sum_of(draft / name)}  {name}\n" for name in (DUMP, MEDIA)]
    (draft / SUMS).write_text("".join(sums))
    # Only a whole copy gets a name that counts.
    return draft.rename(folder / name)


def _remove(paths):
    for path in paths:
        shutil.rmtree(path)


if __name__ == "__main__":
    call(main)
