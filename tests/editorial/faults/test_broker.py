"""The broker stopped, emptied, hung, full or lying: a delay at most, never a loss."""

from __future__ import annotations

import base64
import datetime as dt
import json
import os
import pickle
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from redis import Redis

from config import celery, places, up
from config.celery import app
from editorial import doorbell
from editorial.actions import authoring
from editorial.models import Event, Outbox, Publication
from reviews.models import Assignment
from tests import make, processes, traces
from tests.editorial.faults import deeds, mortal
from tests.editorial.faults.stage import Stage
from tests.editorial.faults.test_sweeping import time_passes, wanted

Status = Outbox.Status
QUEUE = "celery"
PATIENCE = 90
SWEEP = "editorial.tasks.sweep"


class Workers:
    """Worker processes that read one folder's fates and leave their mail there."""

    def __init__(self, folder: Path, broker_url: str) -> None:
        self.folder = folder
        self.broker_url = broker_url
        self.running: list[subprocess.Popen[bytes]] = []

    def environment(self) -> dict[str, str]:
        return processes.environment(self.folder / "mail", self.broker_url) | {
            "DJANGO_SETTINGS_MODULE": "tests.editorial.faults.settings",
            "WORKER_PROCESSES": "4",
        }

    def start(self) -> subprocess.Popen[bytes]:
        """The worker; a new one where it has died, and left messages behind."""
        if not self.running or self.running[-1].poll() is not None:
            with Redis.from_url(self.broker_url) as client:
                client.flushall()
            log = self.folder / f"worker-{len(self.running)}.log"
            self.running.append(processes.start_worker(self.environment(), log))
        return self.running[-1]

    def end(self) -> None:
        for process in self.running:
            processes.end(process)


@pytest.fixture(scope="module")
def crew(
    broker_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Workers]:
    found = Workers(tmp_path_factory.mktemp("crew"), broker_url)
    yield found
    found.end()


@pytest.fixture
def workers(
    crew: Workers, stage: Stage, broker: Redis, settings: Any
) -> Iterator[Workers]:
    """The module's worker on this test's database, with an empty folder and queue."""
    settings.EMAIL_FILE_PATH = str(crew.folder / "mail")
    for path in [*crew.folder.glob("mail/*"), *crew.folder.glob("sent")]:
        path.unlink()
    yield crew
    processes.wait_until(lambda: is_quiet(broker), PATIENCE)


def is_quiet(broker: Redis) -> bool:
    """Whether no message waits and no task runs; a task is acknowledged at its end."""

    def is_idle() -> bool:
        return not broker.exists(QUEUE, "unacked")

    # Between taking a message and noting that it did, a worker has it in neither.
    if is_idle():
        time.sleep(0.1)
    return is_idle()


def ring() -> None:
    app.send_task(SWEEP)


@pytest.fixture
def aside(broker_url: str) -> Iterator[Redis]:
    """A queue on the same server that no worker reads."""
    url = broker_url.replace("db=0", "db=1")
    with Redis.from_url(url) as client, processes.ringing(url):
        yield client


def everything_is_settled() -> bool:
    open_now = (Status.PENDING, Status.SENDING)
    return not Outbox.objects.filter(status__in=open_now).exists()


def ring_until_settled(broker: Redis, patience: float = PATIENCE) -> None:
    """Whenever nothing happens any more, let time pass and ring again."""

    def done() -> bool:
        if is_quiet(broker) and not everything_is_settled():
            time_passes()
            ring()
        return everything_is_settled()

    processes.wait_until(done, patience)


def as_it_must_be() -> None:
    assert mortal.sent() == wanted()
    assert set(Outbox.objects.values_list("status", flat=True)) <= {"done", "moot"}
    assert traces.problems() == []


def timed(ring: Callable[[], None], rings: list[float]) -> Callable[[], None]:
    def ring_and_note() -> None:
        began = time.perf_counter()
        ring()
        rings.append(time.perf_counter() - began)

    return ring_and_note


def test_every_deed_is_done_without_a_broker_and_its_mail_goes_out_afterwards(
    workers: Workers,
    broker: Redis,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rings: list[float] = []
    monkeypatch.setattr(doorbell, "ring", timed(doorbell.ring, rings))
    with processes.ringing(f"unix://{tmp_path / 'nobody.sock'}?db=0"):
        for name, prepare in deeds.DEEDS.items():
            deed = prepare()
            events = Event.objects.count()
            with time_machine.travel(deeds.time_of(name)):
                deed()
            silent = deeds.WITHOUT_EVENT | {"checkpoint"}
            assert Event.objects.count() > events or name in silent
    assert (len(wanted()) > 50, len(rings) > 50, max(rings) < 10) == (True,) * 3
    assert mortal.sent() == []

    workers.start()
    ring_until_settled(broker)

    as_it_must_be()
    assert len(mortal.sent()) > 50


def test_a_queue_that_was_emptied_and_then_says_all_six_times_loses_nothing(
    workers: Workers, broker: Redis, aside: Redis
) -> None:
    workers.start()
    article = make.approved().article_id
    message, *others = aside.lrange(QUEUE, 0, -1)
    broker.flushall()

    broker.rpush(QUEUE, *[message] * 6)
    processes.wait_until(lambda: is_quiet(broker), PATIENCE)
    broker.rpush(QUEUE, message)  # for the mails of what was published last
    processes.wait_until(everything_is_settled, PATIENCE)

    assert len(others) > 5
    assert Publication.objects.get().article_id == article
    as_it_must_be()


def forged(aside: Redis, **changes: Any) -> bytes:
    """A sweep's message, with something about it that we never send."""
    ring()
    message = json.loads(aside.lrange(QUEUE, -1, -1)[0])
    if body := changes.get("body"):
        message["body"] = base64.b64encode(body).decode()
    if task := changes.get("task"):
        message["headers"]["task"] = task
    if kind := changes.get("kind"):
        message["content-type"] = kind
    return json.dumps(message).encode()


class Bomb:
    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return (Path.touch, (self.target,))


def test_forged_messages_neither_stop_the_worker_nor_do_anything(
    workers: Workers, broker: Redis, aside: Redis, tmp_path: Path
) -> None:
    worker = workers.start()
    make.editor()
    make.submitted()
    events = Event.objects.count()
    exploded = tmp_path / "exploded"
    pickled = pickle.dumps(Bomb(exploded))
    lies = [
        forged(aside, task="os.system"),
        forged(aside, body=b'[["rm"], {"everything": true}, {}]'),
        forged(aside, body=b"[1, 2"),
        forged(aside, body=pickled, kind="application/x-python-serialize"),
        forged(
            aside, task="editorial.actions.publishing.publish", body=b"[[1], {}, {}]"
        ),
    ]
    broker.rpush(QUEUE, *lies)
    processes.wait_until(lambda: is_quiet(broker), PATIENCE)
    before = (exploded.exists(), mortal.sent(), Event.objects.count() - events)

    broker.rpush(QUEUE, forged(aside))
    processes.wait_until(everything_is_settled, PATIENCE)

    assert before == (False, [], 0)
    assert worker.poll() is None
    as_it_must_be()


def test_a_worker_killed_while_it_sends_and_publishes_loses_and_doubles_nothing(
    workers: Workers, broker: Redis
) -> None:
    first = workers.start()
    mortal.ordain(*["publish"] * 2, *["before"] * 3, *["after"] * 3, "worker")
    articles = [make.approved().article_id for _ in range(2)]
    make.submitted()

    def all_died() -> bool:
        if mortal.unfulfilled() and (first.poll() or is_quiet(broker)):
            workers.start()
            time_passes()
            ring()
        return not mortal.unfulfilled()

    processes.wait_until(all_died, patience=PATIENCE)
    processes.wait_until(lambda: first.poll() is not None, PATIENCE)
    workers.start()
    ring_until_settled(broker)

    assert first.poll() == -signal.SIGKILL
    assert sorted(Publication.objects.values_list("article", flat=True)) == articles
    as_it_must_be()


def test_two_schedulers_do_everything_once_though_nobody_rang(
    workers: Workers, broker: Redis
) -> None:
    article, mine = make.approved().article_id, deeds.review()
    late = timezone.now() - dt.timedelta(days=4)
    Assignment.objects.filter(pk=mine.pk).update(due_at=late)
    broker.flushall()
    workers.start()

    with beating(workers), beating(workers):
        processes.wait_until(
            lambda: reminded() and everything_is_settled(), patience=PATIENCE
        )

    assert [event.assignment_id for event in reminded()] == [mine.pk]
    assert Publication.objects.get().article_id == article
    assert mortal.sent() == wanted()


def reminded() -> list[Event]:
    return list(Event.objects.filter(kind=Event.Kind.REMINDED))


@contextmanager
def beating(workers: Workers) -> Iterator[None]:
    """A scheduler that does not wait long."""
    command = up.programs()["beat"]
    process = subprocess.Popen(
        command, cwd=places.BASE, env=workers.environment(), process_group=0
    )
    try:
        yield
    finally:
        processes.end(process)


@pytest.fixture
def brief() -> Iterator[None]:
    """As the web has it: no more patience with a broker than a quarter of a second."""
    options = dict(app.conf.broker_transport_options)
    celery.be_brief()
    yield
    app.conf.broker_transport_options = options


def test_a_broker_that_hangs_costs_a_deed_less_than_a_second(
    stage: Stage, brief: None, tmp_path: Path
) -> None:
    author = make.author()
    with processes.running_broker(tmp_path) as url, processes.ringing(url):
        version = make.draft(by=author)
        with Redis.from_url(url) as client:
            hung = client.info("server")["process_id"]
        os.kill(hung, signal.SIGSTOP)
        try:
            began = time.perf_counter()
            authoring.submit(version.pk, by=author)
            took = time.perf_counter() - began
        finally:
            os.kill(hung, signal.SIGCONT)

    assert took < 10
    assert make.again(version).state == "submitted"


@pytest.mark.parametrize(
    "trouble", [{"maxmemory": "1"}, {"requirepass": "another"}], ids=["full", "locked"]
)
def test_a_broker_that_takes_nothing_costs_no_deed(
    trouble: dict[str, str], stage: Stage, tmp_path: Path
) -> None:
    author = make.author()
    with processes.running_broker(tmp_path) as url, processes.ringing(url):
        version = make.draft(by=author)
        with Redis.from_url(url) as client:
            for name, value in trouble.items():
                client.config_set(name, value)
            client.client_kill_filter(_type="normal", skipme=True)

        authoring.submit(version.pk, by=author)

    assert make.again(version).state == "submitted"
