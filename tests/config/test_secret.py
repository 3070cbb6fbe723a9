import stat
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

from config import secret


def test_a_secret_is_made_once(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret"

    first, second = secret.kept(path), secret.kept(path)

    assert first == second
    assert len(first) == 64


def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "secret"

    secret.kept(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_many_at_once_agree(tmp_path: Path) -> None:
    path, numbers = tmp_path / "secret", count()

    with ThreadPoolExecutor(16) as pool:
        made = [
            pool.submit(secret.kept, path, lambda: str(next(numbers)))
            for _ in range(64)
        ]

    assert len({future.result() for future in made}) == 1
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text("mine\n")

    assert secret.kept(path) == "mine"
