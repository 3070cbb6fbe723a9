from pathlib import Path

import pytest
from redis import Redis

from config import broker, places
from config.broker import Unusable
from tests import processes


def test_what_was_queued_survives_a_restart(tmp_path: Path) -> None:
    with processes.running_broker(tmp_path) as url, Redis.from_url(url) as client:
        client.lpush("queue", "job")
        client.execute_command("WAITAOF", 1, 0, 0)

    with processes.running_broker(tmp_path) as url, Redis.from_url(url) as client:
        assert client.lrange("queue", 0, -1) == [b"job"]


def test_it_refuses_rather_than_forgets(tmp_path: Path) -> None:
    with processes.running_broker(tmp_path) as url, Redis.from_url(url) as client:
        assert client.config_get("maxmemory-policy") == {
            "maxmemory-policy": "noeviction"
        }
        assert client.config_get("appendonly") == {"appendonly": "yes"}


def test_a_long_folder_gets_a_short_socket(tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 30)

    socket = places.broker_socket(folder)

    assert len(str(socket)) < places.LONGEST_SOCKET
    assert socket == places.broker_socket(folder)


def test_a_short_folder_holds_its_socket() -> None:
    assert places.broker_socket(Path("/srv")) == Path("/srv/run/broker.sock")


def test_a_folder_open_to_others_is_refused(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run").chmod(0o755)

    with pytest.raises(Unusable, match="is not ours alone; remove it or set VAR_DIR"):
        broker.prepare(tmp_path / "run" / "broker.sock", tmp_path / "broker")


def test_a_broker_that_never_answers_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match=r"The broker did not answer within 0.1 s\."):
        broker.wait(f"unix://{tmp_path / 'nobody.sock'}?db=0", patience=0.1)


def test_a_machine_without_any_server_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    monkeypatch.setattr("shutil.which", lambda _: None)

    with pytest.raises(Unusable, match="set REDIS_URL, or install valkey-server"):
        broker.program()
