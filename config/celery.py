import os
import warnings
from typing import Any

from celery import Celery, signals
from celery.exceptions import SecurityWarning
from django.conf import settings

from config import env, memory, schema

# Running as root is no danger where messages are JSON and nothing else.
warnings.simplefilter("ignore", SecurityWarning)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("imprimatur")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@app.on_configure.connect
def read_settings(**_: Any) -> None:
    with env.one_sentence():
        str(settings.CELERY_BROKER_URL)


@signals.setup_logging.connect
def leave_logging_to_django(**_: Any) -> None:
    """Celery configures no logging once somebody listens here."""


@signals.worker_init.connect
def refuse_unguarded(**_: Any) -> None:
    schema.refuse_unguarded()


@signals.worker_init.connect
def settle(**_: Any) -> None:
    """Before the worker forks, so that its children share what does not change."""
    memory.settle()


def be_brief() -> None:
    """
    Prepare a process that answers requests for a broker that does not.

    A broker that hangs costs it a quarter of a second, not a whole one, and the first
    message costs no import.
    """
    app.conf.broker_transport_options["socket_timeout"] = 0.25
    with app.connection_for_write() as connection:
        _ = app.amqp, connection.transport
