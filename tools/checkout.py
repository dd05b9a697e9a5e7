"""This checkout: its folders, its settings from the environment and .env, its programs. Standard library only."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

from steps import Failed, fingerprint

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
STAMPS = VAR / "stamps"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
DEFAULT_PORT = "8000"


def read_env_file() -> None:
    """Put what .env says into the environment, where nothing is said yet, as the settings do."""
    path = ROOT / ".env"
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        name, equals, value = line.strip().removeprefix("export ").partition("=")
        if equals and not name.startswith("#"):
            os.environ.setdefault(name.strip(), value.strip().strip("\"'"))


def is_ci() -> bool:
    """On a build server nothing may be missing."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def run(*command, quiet: bool = False, **environment) -> None:
    """Run a program in the checkout; its failure ends everything, with its own words on the screen."""
    output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True} if quiet else {}
    words = [str(word) for word in command]
    finished = subprocess.run(words, cwd=ROOT, env={**os.environ, **environment}, check=False, **output)
    if finished.returncode:
        if quiet:
            print(finished.stdout, file=sys.stderr)
        raise Failed(f"Failed with code {finished.returncode}: {' '.join(words[:6])}")


def manage(*arguments, quiet: bool = False, **environment) -> None:
    """Run a command of manage.py."""
    run(PYTHON, "manage.py", *arguments, quiet=quiet, **environment)


def tool(name: str) -> Path:
    """A program that came with the development packages."""
    return VENV / "bin" / name


def port() -> str:
    """The port to serve at."""
    value = os.environ.get("PORT") or DEFAULT_PORT
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise Failed(f"PORT must be a number from 1 to 65535, not “{value}”.")
    return value


def refuse_taken_port() -> None:
    """Say at the beginning, not after minutes, that another program holds the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port())))
        except PermissionError as error:
            raise Failed(f"Port {port()} needs rights that you do not have: try PORT=8000.") from error
        except OSError as error:
            raise Failed(f"Port {port()} is taken by another program: try PORT={int(port()) + 1}.") from error


def sqlite_file() -> Path | None:
    """The embedded database; None when DATABASE_URL names a server."""
    url = urlsplit(os.environ.get("DATABASE_URL") or "sqlite:///var/congkhai.sqlite3")
    if url.scheme != "sqlite":
        return None
    return ROOT / unquote(url.path.removeprefix("/"))


def database_identity() -> str | None:
    """Tells this very database from a later one in its place; None when nobody knows but its server."""
    path = sqlite_file()
    if path is None or not path.is_file():
        return None
    return fingerprint(str(path), str(path.stat().st_ino))
