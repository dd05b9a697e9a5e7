"""What the Makefile's targets do. Runs on the machine's own Python, before anything is installed."""

import os
import sys

# Written so that an older Python can still read it and say so.
if sys.version_info < (3, 11):  # noqa: UP036 - this is where the minimum is enforced
    sys.exit(
        "Python 3.11 or later is needed, and this is {}.{}: name one, make PYTHON=python3.11".format(*sys.version_info)
    )

import shutil

import checkout
import checks
import packages
import preparation
import server
from steps import Failed, Steps


def setup(steps: Steps | None = None) -> None:
    """Make the checkout ready to serve."""
    steps = steps or Steps(5)
    packages.make_environment(steps)
    packages.install_packages(steps)
    preparation.compile_catalogues(steps)
    preparation.migrate(steps)
    preparation.collect_static(steps)


def demo() -> None:
    """From nothing to portals in a browser; what is finished is skipped."""
    checkout.refuse_taken_port()
    os.environ["PORTAL_PORT"] = checkout.port()
    steps = Steps(8)
    setup(steps)
    preparation.open_portals(steps)
    preparation.fill_portals(steps)
    preparation.index_content(steps)
    server.serve(announce=True)


def serve() -> None:
    """Serve what is there."""
    checkout.refuse_taken_port()
    steps = Steps(6)
    setup(steps)
    preparation.index_content(steps)
    server.serve()


def _for_development() -> None:
    steps = Steps(3)
    packages.make_environment(steps)
    packages.install_packages(steps, development=True)
    preparation.compile_catalogues(steps)


def test(*arguments: str) -> None:
    """Run every test."""
    _for_development()
    checks.test(list(arguments))


def lint() -> None:
    """Check form and layers."""
    _for_development()
    checks.lint()


def fix() -> None:
    """Mend form."""
    _for_development()
    checks.fix()


def messages() -> None:
    """Collect texts to translate."""
    _for_development()
    checks.messages()


def bench(*arguments: str) -> None:
    """Measure."""
    setup()
    checkout.run(checkout.PYTHON, "benchmarks/run.py", *arguments)


def requirements() -> None:
    """Pin the packages again. Debian 12 has Python 3.11.2, so nothing that needs a later one is chosen."""
    uv = shutil.which("uv")
    if uv is None:
        raise Failed("uv is missing: pipx install uv")
    options = ["--quiet", "--python-version", "3.11.2", "--generate-hashes", "--no-emit-index-url"]
    options += ["--custom-compile-command", "make requirements"]
    for name in ("requirements", "requirements-dev"):
        checkout.run(uv, "pip", "compile", *options, f"{name}.in", "-o", f"{name}.txt")


TARGETS = (setup, demo, serve, test, lint, fix, messages, bench, requirements)


def main(target: str, *arguments: str) -> None:
    # Whatever this shell was used for before: the targets work with the settings of a developer's machine.
    os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.dev"
    checkout.read_env_file()
    {function.__name__: function for function in TARGETS}[target](*arguments)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except Failed as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
