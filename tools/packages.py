"""The virtual environment and the pinned packages in it. Standard library only."""

import importlib.util
import subprocess
import sys

from checkout import PYTHON, ROOT, VAR, VENV, run
from steps import Failed, Stamp, Steps, counter, fingerprint

RUNTIME = ROOT / "requirements.txt"
DEVELOPMENT = ROOT / "requirements-dev.txt"


def make_environment(steps: Steps) -> None:
    """Make .venv; again when it is broken, of another Python, or was moved with its checkout."""
    title = "Python environment in .venv"
    made = Stamp(VENV / "environment.stamp", fingerprint(str(VENV), *sys.version_info[:2]))
    if made.is_current and PYTHON.exists():
        steps.skip(title)
        return
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            raise Failed("python3-venv is missing: apt install python3-venv")
    with steps.step(title):
        run(sys.executable, "-m", "venv", "--clear", VENV, quiet=True)
        made.write()


def install_packages(steps: Steps, development: bool = False) -> None:
    """Install exactly what the requirement files name, each checked by its hash."""
    requirements = DEVELOPMENT if development else RUNTIME
    title = f"Packages of {requirements.name}"
    stamps = {path: Stamp(VENV / f"{path.name}.stamp", fingerprint(path)) for path in (RUNTIME, DEVELOPMENT)}
    if stamps[requirements].is_current:
        steps.skip(title)
        return
    for stamp in stamps.values():
        stamp.remove()
    with steps.step(title):
        _install(requirements)
        stamps[requirements].write()
        # What development needs includes what the server runs.
        stamps[RUNTIME].write()


def _install(requirements):
    total = sum("==" in line for line in requirements.read_text().splitlines())
    log = VAR / "log" / "pip.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [PYTHON, "-m", "pip", "install", "--require-hashes", "--no-input", "--disable-pip-version-check"]
    with subprocess.Popen(
        [*map(str, command), "-r", str(requirements)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as pip:
        lines = _follow(pip.stdout, total)
    log.write_text("".join(lines))
    if pip.returncode:
        errors = [line.strip() for line in lines if line.startswith("ERROR")] or [line.strip() for line in lines[-1:]]
        raise Failed(f"pip could not install the packages ({log.relative_to(ROOT)}): {' '.join(errors)[:300]}")


def _follow(output, total):
    lines, count = [], 0
    for line in output:
        lines.append(line)
        if line.startswith(("Collecting ", "Requirement already satisfied: ")):
            count += 1
            counter(min(count, total), total, line.split(": ")[-1].removeprefix("Collecting ").split("==")[0].strip())
    return lines
