"""Two questions of whoever watches over the program: does it live, can it work."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from redis import Redis, RedisError

from articles.reading import pango
from config import schema

PATIENCE = 0.5  # seconds for the broker


@require_GET
@never_cache
def healthz(_request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "alive"})


@require_GET
@never_cache
def readyz(_request: HttpRequest) -> JsonResponse:
    """
    Say 503, and which, as long as something this program stands on is missing.

    Whether PDFs can be made is said beside it: without them all else works.
    """
    found = {"database": database(), "broker": broker()}
    ready = set(found.values()) == {"ready"}
    told = {"status": "ready" if ready else "not ready"} | found
    return JsonResponse(told | {"pdf": pango.said()}, status=200 if ready else 503)


def database() -> str:
    try:
        if schema.pending():
            return "migrations are pending"
        return "guards are missing" if schema.unguarded() else "ready"
    except (DatabaseError, ImproperlyConfigured):
        return "does not answer"


def broker() -> str:
    client = Redis.from_url(
        settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
    )
    try:
        with client:
            client.ping()
    except RedisError:
        return "does not answer"
    return "ready"
