from articles.works.shared import shared

WORK = {
    "type": "article-journal",
    "title": "A trial of everything",
    "DOI": "10.5555/shared",
    "abstract": "They tried.",
    "custom": {"kind": "rct"},
}


def test_what_describes_the_work_is_kept_as_it_is() -> None:
    assert shared(WORK) == (WORK, ())


def test_what_is_one_persons_is_left_out_and_told() -> None:
    notes = {"note": "I doubt it", "annote": "Ask Y", "call-number": "shelf 3"}
    custom = {"kind": "rct", "raw": {"U1": ["my folder"]}}

    assert shared(WORK | notes | {"custom": custom}) == (
        WORK,
        ("The library keeps none of this: note, annote, call-number, raw.",),
    )


def test_nothing_is_told_twice() -> None:
    once = shared(WORK | {"note": "I doubt it"}).item

    assert shared(once) == (once, ())
