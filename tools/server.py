"""Serves the portals on this machine until Ctrl-C."""

import ctypes
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request

from checkout import PYTHON, ROOT, port
from steps import Failed

PATIENCE = 60


def serve(announce: bool = False) -> None:
    """Start gunicorn, and with announce print every portal's address and the sign-in."""
    environment = {
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "PORTAL_PORT": port(),
        "WAGTAILADMIN_BASE_URL": os.environ.get("WAGTAILADMIN_BASE_URL") or f"http://binhduong.localhost:{port()}",
    }
    # One load of the program for both workers, which halves the start.
    options = (
        f"--bind 127.0.0.1:{port()} --workers 2 --threads 4 --preload --limit-request-line 8190 --no-control-socket"
    )
    command = [str(PYTHON), "-m", "gunicorn", "cms.wsgi", *options.split(), "--graceful-timeout", "3"]
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    # A group of its own: Ctrl-C would reach its workers twice, here and by their master, and a worker may then hang.
    server = subprocess.Popen(
        [*command, "--log-level", "warning"],
        cwd=ROOT,
        env={**os.environ, **environment},
        process_group=0,
        preexec_fn=_die_with_parent,
    )
    try:
        _wait_until_it_answers(server)
        if announce:
            # Only now: it would take from the server what it needs to start.
            _print_addresses(environment)
        print(f"The portals answer at http://binhduong.localhost:{port()}/ - stop with Ctrl-C.", flush=True)
        if server.wait():
            raise Failed(f"The server ended with code {server.returncode}.")
    except KeyboardInterrupt:
        print()
    finally:
        server.terminate()
        server.wait()


def _die_with_parent():
    """Let Linux end the server when this program is killed, or it would hold the port for ever."""
    set_signal_of_parents_death = 1
    ctypes.CDLL(None).prctl(set_signal_of_parents_death, signal.SIGTERM)


def _print_addresses(environment):
    command = [str(PYTHON), "manage.py", "seed_demo", "--print-only"]
    # A group of its own here too, so that Ctrl-C ends it without a traceback.
    subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False, process_group=0)


def _wait_until_it_answers(server):
    request = urllib.request.Request(f"http://127.0.0.1:{port()}/robots.txt", headers={"Host": "binhduong.localhost"})
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=5).close()
            return
        except urllib.error.HTTPError:
            # An answer, if not a pleasant one: the page will say why.
            return
        except OSError:
            time.sleep(0.1)
    raise Failed("The server did not start; its own words stand above.")
