"""DATABASE_URL, REDIS_URL and EMAIL_URL, turned into what Django and Celery expect."""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote

from config import env, places
from config.env import Malformed

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"
    "PRAGMA journal_size_limit=27103364;"
    "PRAGMA cache_size=-16000;"
)
POSTGRES_ALWAYS = "-c jit=off"
"""To compile a statement takes longer than any of ours runs."""
POSTGRES_PATIENT = f"{POSTGRES_ALWAYS} -c lock_timeout=5s"
"""For a command, which may take its time but never wait long for a lock."""
POSTGRES_LIMITS = (
    f"{POSTGRES_PATIENT}"
    " -c statement_timeout=15s"
    " -c idle_in_transaction_session_timeout=30s"
)
"""For those who serve; see `config.patience`."""
POSTGRES_PARAMETERS = {
    "application_name",
    "connect_timeout",
    "host",
    "port",
    "sslcert",
    "sslkey",
    "sslmode",
    "sslrootcert",
}
DATABASE_REMEDY = (
    "use sqlite:////path/to/file or postgresql://user:password@host:5432/name"
)
REDIS_REMEDY = "use redis://host:6379/0, rediss://host:6379/0 or unix:///path?db=0"
EMAIL_REMEDY = (
    "use file:///folder, smtp://user:password@host:587?tls=1,"
    " smtps://user:password@host:465, console:// or memory://"
)
LARGEST_POOL = 1000
MAIL = "django.core.mail.backends"

Settings = dict[str, Any]


def database(name: str, default: Path) -> Settings:
    text = env.string(name)
    if not text:
        return sqlite(str(default))
    url = env.address(name, text)
    if url.scheme == "sqlite" and not url.netloc and len(url.path) > 1:
        return sqlite(str(places.BASE / unquote(url.path[1:])))
    if url.scheme in {"postgres", "postgresql"} and len(url.path) > 1:
        return postgres(name, url)
    raise Malformed(name, "does not name a database", DATABASE_REMEDY)


def sqlite(path: str) -> Settings:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": SQLITE_PRAGMAS,
        },
    }


def postgres(name: str, url: SplitResult) -> Settings:
    given = parameters(name, url, POSTGRES_PARAMETERS | {"pool"})
    pooled = whole(name, given.pop("pool", "0"))
    options: Settings = {"options": POSTGRES_LIMITS, "connect_timeout": 5} | given
    if pooled:
        options["pool"] = {"min_size": 1, "max_size": pooled, "timeout": 5}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path[1:]),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": options.pop("host", url.hostname or ""),
        "PORT": options.pop("port", str(url.port or "")),
        "CONN_MAX_AGE": 0 if pooled else 60,
        "CONN_HEALTH_CHECKS": not pooled,
        "OPTIONS": options,
    }


def redis(name: str, default: Path) -> str:
    """Return an address as redis-py reads it; the default is a socket."""
    text = env.string(name)
    if not text:
        return f"unix://{default}?db=0"
    url = env.address(name, text)
    remote = url.scheme in {"redis", "rediss"} and url.hostname
    local = url.scheme == "unix" and not url.netloc and len(url.path) > 1
    if not (remote or local):
        raise Malformed(name, "does not name a Redis server", REDIS_REMEDY)
    return text


def celery_broker(redis_url: str) -> str:
    """Celery spells a socket in its own way."""
    if not redis_url.startswith("unix://"):
        return redis_url
    path, _, query = redis_url.removeprefix("unix://").partition("?")
    number = dict(parse_qsl(query)).get("db", "0")
    return f"redis+socket://{path}?virtual_host={number}"


def email(name: str, default: Path) -> Settings:
    """Return the EMAIL_* settings."""
    url = env.address(name, env.string(name, f"file://{default}"))
    if url.scheme == "file" and not url.netloc and len(url.path) > 1:
        folder = unquote(url.path)
        return {
            "EMAIL_BACKEND": "config.mailbox.EmailBackend",
            "EMAIL_FILE_PATH": folder,
        }
    if url.scheme == "console":
        return {"EMAIL_BACKEND": f"{MAIL}.console.EmailBackend"}
    if url.scheme == "memory":
        return {"EMAIL_BACKEND": f"{MAIL}.locmem.EmailBackend"}
    if url.scheme in {"smtp", "smtps"} and url.hostname:
        return smtp(name, url)
    raise Malformed(name, "does not say how to send mail", EMAIL_REMEDY)


def smtp(name: str, url: SplitResult) -> Settings:
    secure = url.scheme == "smtps"
    given = parameters(name, url, {"tls"})
    if given.get("tls", "0") not in {"0", "1"} or (secure and given):
        raise Malformed(name, "has a wrong tls", EMAIL_REMEDY)
    return {
        "EMAIL_BACKEND": f"{MAIL}.smtp.EmailBackend",
        "EMAIL_HOST": url.hostname,
        "EMAIL_PORT": url.port or (465 if secure else 587),
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_SSL": secure,
        "EMAIL_USE_TLS": given.get("tls") == "1",
        "EMAIL_TIMEOUT": 10,
    }


def parameters(name: str, url: SplitResult, known: set[str]) -> dict[str, str]:
    given = dict(parse_qsl(url.query, keep_blank_values=True))
    if strangers := sorted(given.keys() - known):
        remedy = f"known are {', '.join(sorted(known))}"
        raise Malformed(name, f"has an unknown parameter {strangers[0]!r}", remedy)
    return given


def whole(name: str, text: str) -> int:
    if not text.isdecimal() or int(text) > LARGEST_POOL:
        raise Malformed(name, "has a pool that is not a number", "use pool=8")
    return int(text)
