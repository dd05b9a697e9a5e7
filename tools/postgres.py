"""A PostgreSQL server for one run: made in a temporary folder, heard on 127.0.0.1 alone, gone afterwards.

As a program it runs a command with DATABASE_URL naming that server: python3 tools/postgres.py make demo
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from steps import Failed

OLDEST = 15
# Quick and forgetful: what a test writes need not survive a power cut.
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def find_binaries() -> Path | None:
    """The folder of the newest installed server of version 15 or later; None when there is none."""
    folders = [Path(name).resolve().parent for name in [shutil.which("postgres")] if name]
    folders += Path("/usr/lib/postgresql").glob("*/bin")
    found = [(version, folder) for folder in folders if (version := _version(folder)) >= OLDEST]
    return max(found)[1] if found else None


def _version(folder):
    if not (folder / "initdb").is_file():
        return 0
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return int(said.split()[2].split(".")[0])


@contextmanager
def throwaway_server(binaries: Path, durable: bool = False):
    """Yield the DATABASE_URL of a new server, and stop it at the end; durable keeps its writes safe, for measuring."""
    folder = Path(tempfile.mkdtemp(prefix="congkhai-postgres-"))
    password = secrets.token_urlsafe(16)
    port = _free_port()
    server = None
    try:
        _make_cluster(binaries, folder, password)
        server = _start(binaries, folder, port, {} if durable else FORGETFUL)
        _wait_until_ready(folder, server)
        yield f"postgres://congkhai:{password}@127.0.0.1:{port}/postgres"
    finally:
        if server is not None:
            # "Fast" in PostgreSQL's words: sessions are ended, files are left in order.
            server.send_signal(signal.SIGINT)
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _owner():
    """PostgreSQL refuses to run as root; then it runs as its own user, or as nobody."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise Failed("PostgreSQL does not run as root, and there is no user “postgres” or “nobody”.")


def _make_cluster(binaries, folder, password):
    secret = folder / "password"
    secret.write_text(password)
    owner = _owner()
    if owner:
        for path in (folder, secret):
            os.chown(path, owner["user"], owner["group"])
    command = [binaries / "initdb", "-D", folder / "data", "-U", "congkhai", f"--pwfile={secret}", "--no-sync"]
    command += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8"]
    made = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, **owner)
    if made.returncode:
        raise Failed(f"PostgreSQL's initdb failed: {made.stderr.strip()}")


def _start(binaries, folder, port, options):
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": folder,
        "max_connections": 100,
    }
    arguments = [f"--{name}={value}" for name, value in (settings | options).items()]
    with (folder / "log").open("wb") as log:
        # A group of its own: Ctrl-C must reach the tests first, which still hold connections.
        return subprocess.Popen(
            [binaries / "postgres", "-D", folder / "data", *arguments],
            cwd=folder,
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            **_owner(),
        )


def _wait_until_ready(folder, server):
    for _attempt in range(300):
        if _state(folder / "data" / "postmaster.pid") == "ready":
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise Failed(f"PostgreSQL did not start: {(folder / 'log').read_text()[-300:].strip()}")


def _state(pid_file):
    """The server's own word about itself: the eighth line of its pid file."""
    lines = pid_file.read_text().splitlines() if pid_file.is_file() else []
    return lines[7].strip() if len(lines) > 7 else "starting"


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main(command: list[str]) -> int:
    """Run a command against a new server, and give back its exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    binaries = find_binaries()
    if binaries is None:
        raise Failed("PostgreSQL 15 or later is missing: apt install postgresql-15")
    with throwaway_server(binaries, durable=True) as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Failed as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
