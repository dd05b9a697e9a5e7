"""Brings a copy back: deploy/restore.py COPY [--replace]. Stop the web and worker services first."""

import argparse
import shutil
from pathlib import Path

from storage import DUMP, MEDIA, SUMS, Refused, call, media_folder, postgres_environment, run, sum_of

COUNT_TABLES = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"


def main() -> None:
    """Check the copy, then put back the database and the media folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("copy", type=Path)
    parser.add_argument("--replace", action="store_true", help="overwrite a database or media folder that is not empty")
    options = parser.parse_args()
    _check(options.copy)
    if not options.replace:
        _refuse_to_overwrite()
    _restore_database(options.copy)
    _restore_media(options.copy)
    print("Restored. Now: manage.py migrate, then start the services.")


def _check(copy):
    if not (copy / SUMS).is_file():
        raise Refused(f"{copy} is not a whole copy: {SUMS} is missing.")
    for line in (copy / SUMS).read_text().splitlines():
        expected, name = line.split()
        if sum_of(copy / name) != expected:
            raise Refused(f"{copy / name} is damaged: its sum is not that of {SUMS}.")


def _refuse_to_overwrite():
    options = {"env": postgres_environment(), "capture_output": True, "text": True}
    if run("psql", "--tuples-only", "--no-align", f"--command={COUNT_TABLES}", **options).stdout.strip() != "0":
        raise Refused("The database is not empty. Use --replace to overwrite it.")
    if media_folder().is_dir() and any(media_folder().iterdir()):
        raise Refused(f"{media_folder()} is not empty. Use --replace to overwrite it.")


def _restore_database(copy):
    # All or nothing: a restore that breaks off leaves the database as it was.
    options = ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"]
    run(
        "pg_restore",
        *options,
        f"--dbname={postgres_environment()['PGDATABASE']}",
        copy / DUMP,
        env=postgres_environment(),
    )


def _restore_media(copy):
    folder = media_folder()
    fresh = folder.with_name(f"{folder.name}.restoring")
    former = folder.with_name(f"{folder.name}.before-restore")
    for path in (fresh, former):
        shutil.rmtree(path, ignore_errors=True)
    fresh.mkdir(parents=True)
    run("tar", "--extract", f"--file={copy / MEDIA}", f"--directory={fresh}")
    if folder.exists():
        folder.rename(former)
    fresh.rename(folder)
    if former.exists():
        print(f"The former media folder is {former}; remove it when all is well.")


if __name__ == "__main__":
    call(main)
