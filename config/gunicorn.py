"""The web server. WEB_SOCKET is how the supervisor hands over the socket it bound."""

import re
from typing import Any

from gunicorn.glogging import Logger

from config import env, logs, schema

SECRET = re.compile(r"(/accounts/password/reset/key/)[^/]+")
UNREADABLE = re.compile(r"(Invalid request) from ip=\S*: ([^:]*).*", re.DOTALL)
"""What the server says of a request that it cannot read, and what it quotes of it."""


class DiscreetLogger(Logger):
    """Logs that keep to themselves the keys of password links, and what was searched."""

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> Any:
        found = super().atoms(resp, req, environ, request_time)
        found["U"] = SECRET.sub(r"\1…", str(found["U"]))
        return found

    def warning(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        super().warning(UNREADABLE.sub(r"\1: \2", msg), *args, **kwargs)

    def exception(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        super().exception(msg, *map(logs.without_query, args), **kwargs)


with env.one_sentence():
    host = env.string("HOST", "127.0.0.1")
    port = env.integer("PORT", 8000, least=1, most=65535)
    workers = env.integer("WEB_PROCESSES", 2, least=1, most=64)
    threads = env.integer("WEB_THREADS", 4, least=1, most=64)

bind = env.string("WEB_SOCKET", f"{host}:{port}")
worker_class = "gthread"
preload_app = True
control_socket_disable = True
timeout = 30
graceful_timeout = 10
keepalive = 5
loglevel = "warning"
logger_class = DiscreetLogger
accesslog = "-"
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s bytes %(M)s ms"  # nobody's address


def on_starting(_server: object) -> None:
    """Refuse to serve a database that has lost its guards."""
    schema.refuse_unguarded()
