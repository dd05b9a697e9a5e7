"""gunicorn on a public server, behind nginx."""

import multiprocessing
import os

bind = os.environ.get("BIND", "unix:/run/congkhai/gunicorn.sock")
# nginx reaches the socket by being in this group.
umask = 0o007
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", multiprocessing.cpu_count() * 2))
threads = 4
timeout = 60
graceful_timeout = 30
# A worker that has grown makes way for a new one; not all at the same moment.
max_requests = 10_000
max_requests_jitter = 1_000
# The longest line gunicorn allows; what is longer than the project wants is answered in Vietnamese by the project.
limit_request_line = 8190
control_socket_disable = True
# nginx keeps the record of requests; here only what goes wrong.
accesslog = None
errorlog = "-"
