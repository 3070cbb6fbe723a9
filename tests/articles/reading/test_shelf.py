"""What is kept in memory is bounded, and the least wanted goes first."""

from articles.reading.shelf import Shelf


def test_what_was_put_there_is_found() -> None:
    shelf: Shelf[str] = Shelf(10)

    shelf.put("a", "first", 4)

    assert (shelf.get("a"), shelf.get("b")) == ("first", None)


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    shelf: Shelf[str] = Shelf(10)
    for name in ("a", "b"):
        shelf.put(name, name, 5)

    shelf.get("a")
    shelf.put("c", "c", 5)

    assert [shelf.get(name) for name in "abc"] == ["a", None, "c"]
    assert shelf.taken == 10


def test_what_is_put_again_takes_its_room_once() -> None:
    shelf: Shelf[str] = Shelf(10)

    for _ in range(5):
        shelf.put("a", "a", 6)
    shelf.put("b", "b", 4)

    assert [shelf.get(name) for name in "ab"] == ["a", "b"]
    assert (len(shelf), shelf.taken) == (2, 10)


def test_what_is_larger_than_all_room_is_not_kept_and_drives_nothing_out() -> None:
    shelf: Shelf[str] = Shelf(10)
    shelf.put("a", "a", 10)

    shelf.put("b", "b", 11)

    assert [shelf.get(name) for name in "ab"] == ["a", None]


def test_what_grew_too_large_is_not_kept_as_it_was() -> None:
    shelf: Shelf[str] = Shelf(10)
    shelf.put("a", "small", 5)

    shelf.put("a", "large", 11)

    assert (shelf.get("a"), shelf.taken) == (None, 0)


def test_what_is_dropped_leaves_its_room() -> None:
    shelf: Shelf[str] = Shelf(10)
    shelf.put("a", "a", 10)

    shelf.drop("a")
    shelf.drop("never there")

    assert (shelf.get("a"), shelf.taken) == (None, 0)
