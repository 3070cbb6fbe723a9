"""
What every test may ask for.

DATABASE_URL picks the database; without it, it is SQLite. Tests that never ask it
anything run with SQLite alone, and so do those that drive a browser: what they ask of
the database, tests of views and deeds ask too. `@pytest.mark.only(…)` names the one
database a test makes sense on, `everywhere` a browser's that is about both. With
CI=true a test that skips itself fails.
"""

import gc
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.core.management import CommandError
from django.db import connection, connections
from django.test import TransactionTestCase
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer
from redis import Redis

from articles.asking import nearest
from config import env
from editorial import database
from tests import chromium, migrated, processes

CI = env.boolean("CI")

hypothesis.settings.register_profile("suite", deadline=None)
hypothesis.settings.load_profile("suite")

ATTEMPTS = 5
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}

Start = Callable[[], subprocess.Popen[bytes]]


def pytest_configure(config: pytest.Config) -> None:
    for mark in (
        "only(vendor): makes sense on this database alone",
        "everywhere: drives a browser, and yet runs on both databases",
        "long: takes half a minute or more, and is begun with",
    ):
        config.addinivalue_line("markers", mark)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    here = connection.vendor
    found: dict[bool, list[pytest.Item]] = {True: [], False: []}
    for item in items:
        found[at_home(item, here)].append(item)
    config.hook.pytest_deselected(items=found[False])
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    items[:] = dealt(found[True], workers)


def pytest_collection_finish() -> None:
    """Thousands of tests stay to the end; let nobody look through them for garbage."""
    gc.collect()
    gc.freeze()


def dealt(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """
    Put long tests where each worker begins; one begun last keeps one core alone busy.

    Workers get equal shares of the list, in its order.
    """
    longest = [item for item in items if item.get_closest_marker("long")]
    others = iter([item for item in items if item not in longest])
    found: list[pytest.Item] = []
    for n in range(workers):
        found += longest[n::workers]
        found += islice(others, max(0, len(items) * (n + 1) // workers - len(found)))
    return [*found, *others]


def at_home(item: pytest.Item, vendor: str) -> bool:
    mark = item.get_closest_marker("only")
    return mark.args == (vendor,) if mark else vendor == "sqlite" or asks(item)


def asks(item: pytest.Item) -> bool:
    """Whether a test asks the tests' database what no other asks it; see above."""
    marked = {mark.name for mark in item.iter_markers()}
    if "browser" in marked:
        return "everywhere" in marked
    fixtures = getattr(item, "fixturenames", ())
    return "django_db" in marked or not DATABASE_FIXTURES.isdisjoint(fixtures)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Any:
    report = yield
    if CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, where nothing may be: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Any:
    report = yield
    if CI and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped, where nothing may be: {report.longrepr}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at how many points a process was killed, and what else tests have `told`."""
    properties = [
        (name, str(value))
        for report in terminalreporter.getreports("passed")
        for name, value in report.user_properties
        if report.when == "call"
    ]
    points = [int(value) for name, value in properties if name == "kill points"]
    if points:
        terminalreporter.write_line(f"{connection.vendor}: {sum(points)} kill points")
    for name, value in properties:
        if name == "told":
            terminalreporter.write_line(value)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Whether the file is there already, as a copy; it goes with its folder."""
    return connection.vendor == "sqlite" and migrated.given() is not None


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> None:
    if made := migrated.given():
        migrated.begin_with(made)


@pytest.fixture(autouse=True)
def _memory_begins_empty() -> None:
    """Keys come again in a database that was rolled back, and only there."""
    nearest.MEMORY.forget()


@pytest.fixture(scope="session", autouse=True)
def _guards_step_aside() -> Iterator[None]:
    """
    Let tests that commit be cleaned up: the database's guards forbid every delete.

    The flush itself puts them back, as a migration does.
    """
    flush = "_fixture_teardown"
    original = getattr(TransactionTestCase, flush)

    def clean(case: TransactionTestCase) -> None:
        for attempt in range(ATTEMPTS):
            database.drop(connection)
            try:
                return original(case)
            except CommandError:  # a page just closed is still being answered
                if attempt == ATTEMPTS - 1:
                    raise
                time.sleep(1)  # let that answer end; nothing tells when it has
        return None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, flush, clean)
        yield


@pytest.fixture(scope="session")
def broker_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run a real server, the first time a test asks for one."""
    with processes.running_broker(tmp_path_factory.mktemp("broker")) as url:
        yield url


@pytest.fixture
def broker(broker_url: str, settings: Any) -> Iterator[Redis]:
    """Let Celery ring a real server; give a client to look into it."""
    with Redis.from_url(broker_url) as client, processes.ringing(broker_url):
        settings.REDIS_URL = broker_url
        client.flushall()
        yield client


@pytest.fixture
def dead_broker(tmp_path: Path, settings: Any) -> Iterator[None]:
    """Let Celery ring where nobody listens."""
    settings.REDIS_URL = f"unix://{tmp_path / 'nobody.sock'}?db=0"
    with processes.ringing(settings.REDIS_URL):
        yield


@pytest.fixture
def mail_folder(tmp_path: Path) -> Path:
    """Where workers that the test starts leave their mail."""
    return tmp_path / "mail"


@pytest.fixture
def child_environment(transactional_db: None, mail_folder: Path) -> dict[str, str]:
    """What a child process needs to see the rows of this test."""
    return processes.environment(mail_folder)


@pytest.fixture
def start_worker(
    transactional_db: None, broker: Redis, broker_url: str, tmp_path: Path
) -> Iterator[Start]:
    """Start real workers on this test's rows and broker; end them afterwards."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        given = processes.environment(tmp_path / "mail", broker_url)
        log = tmp_path / f"worker-{len(started)}.log"
        started.append(processes.start_worker(given, log))
        return started[-1]

    yield start
    for process in started:
        processes.end(process)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = chromium.chromium()
    if not program:
        pytest.skip(chromium.REMEDY)
    # Playwright keeps an event loop in this thread; Django would refuse every query.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=chromium.ARGUMENTS
        )
        yield browser
        browser.close()
        # Beside that loop Django has connections of its own, which nobody else closes.
        connections.close_all()


@pytest.fixture
def new_page(browser: Browser, live_server: LiveServer) -> Iterator[Callable[[], Page]]:
    """Open pages, each with cookies of its own; whatever breaks in one is a failure."""
    contexts, complaints = [], []

    def open_page() -> Page:
        context = browser.new_context(base_url=live_server.url)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: note(said.type, said.text))
        return page

    def note(kind: str, text: str) -> None:
        if kind == "error" and "the server responded with a status of" not in text:
            complaints.append(text)

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
