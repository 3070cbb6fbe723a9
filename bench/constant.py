"""The same bytes from a view of Django's, with no middleware and no query."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

from config import memory

if TYPE_CHECKING:
    from django.http import HttpRequest

BODY = Path(os.environ["BENCH_BODY"]).read_bytes()


def constant(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(BODY)


urlpatterns = [path("", constant)]

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["localhost", "127.0.0.1"])
application = get_wsgi_application()
memory.settle()
