"""Where the data lies, for backup and restore. Standard library only, so that they run where nothing else does."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
DUMP = "database.dump"
MEDIA = "media.tar"
SUMS = "SHA256SUMS"


class Refused(Exception):
    """Why nothing was done, in one line."""


def media_folder() -> Path:
    """The folder of pictures and files."""
    return Path(os.environ.get("MEDIA_ROOT") or ROOT / "var" / "media")


def postgres_environment() -> dict[str, str]:
    """What PostgreSQL's programs need to know; in the environment, as others can read a command line."""
    address = os.environ.get("DATABASE_URL", "")
    url = urlsplit(address)
    if not url.scheme.startswith("postgres"):
        raise Refused("DATABASE_URL must name a PostgreSQL database: postgres://user:password@host:5432/name")
    parts = {
        "PGHOST": unquote(url.hostname or ""),
        "PGPORT": str(url.port or ""),
        "PGUSER": unquote(url.username or ""),
        "PGPASSWORD": unquote(url.password or ""),
        "PGDATABASE": unquote(url.path.lstrip("/")),
        "PGSSLMODE": parse_qs(url.query).get("sslmode", [""])[0],
    }
    return os.environ | {name: value for name, value in parts.items() if value}


def run(*command, **options) -> subprocess.CompletedProcess:
    """Run a program; if it fails, nothing further happens."""
    try:
        return subprocess.run([str(word) for word in command], check=True, **options)
    except FileNotFoundError as error:
        raise Refused(f"{command[0]} is missing: apt install postgresql-client") from error
    except subprocess.CalledProcessError as error:
        raise Refused(f"{command[0]} failed with code {error.returncode}.") from error


def sum_of(path: Path) -> str:
    """The SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def call(main) -> None:
    """Run a program's main and turn a refusal into one line."""
    try:
        main()
    except Refused as error:
        sys.exit(str(error))
