import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from kombu.exceptions import OperationalError
from redis import Redis

from config import celery
from config.celery import app
from tests import processes
from tests.conftest import Start

LONGEST = 10
"""Seconds: far more than a moment on a busy machine, far less than waiting it out."""


@pytest.fixture
def brief() -> Iterator[None]:
    options = dict(app.conf.broker_transport_options)
    celery.be_brief()
    yield
    app.conf.broker_transport_options = options


def ring() -> float:
    """Ring where nobody answers; tell how long it took to notice."""
    began = time.perf_counter()
    with pytest.raises(OperationalError):
        app.send_task("nobody.knows")
    return time.perf_counter() - began


def test_a_ring_reaches_the_broker(broker: Redis) -> None:
    app.send_task("nobody.knows")

    assert broker.llen("celery") == 1


def test_a_broker_that_is_down_costs_a_moment(brief: None, dead_broker: None) -> None:
    assert ring() < LONGEST


def test_a_broker_that_hangs_costs_a_moment(brief: None, tmp_path: Path) -> None:
    with processes.running_broker(tmp_path) as url, processes.ringing(url):
        app.send_task("nobody.knows")
        with Redis.from_url(url) as client:
            hung = client.info("server")["process_id"]
        os.kill(hung, signal.SIGSTOP)
        took = ring()
        os.kill(hung, signal.SIGCONT)

    assert took < LONGEST


def test_no_answer_is_kept_and_nothing_is_lost_with_a_worker() -> None:
    promised = {
        "result_backend": None,
        "task_ignore_result": True,
        "task_serializer": "json",
        "accept_content": ["json"],
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "task_publish_retry": False,
        "beat_scheduler": "celery.beat:Scheduler",
    }

    kept = {key: app.conf[key] for key in promised}
    assert kept == promised


def test_a_task_ends_before_it_would_be_delivered_again() -> None:
    visible = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]

    assert settings.CELERY_TASK_SOFT_TIME_LIMIT < settings.CELERY_TASK_TIME_LIMIT
    assert visible > settings.CELERY_TASK_TIME_LIMIT


def test_every_scheduled_task_exists() -> None:
    app.loader.import_default_modules()
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}

    assert scheduled - set(app.tasks) == set()


def test_a_real_worker_takes_what_was_rung(broker: Redis, start_worker: Start) -> None:
    start_worker()

    app.send_task("editorial.tasks.sweep")

    processes.wait_until(lambda: not broker.exists("celery", "unacked"))
