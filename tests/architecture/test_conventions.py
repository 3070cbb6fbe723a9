"""What the source keeps to, so that a reader need not check."""

from __future__ import annotations

import ast
import statistics
from typing import Any

import pytest

from editorial import workflow
from tests.architecture.reading import (
    ROOT,
    calls,
    functions,
    imported,
    modules,
    where,
)

STATES = {"state", "standing"}


def modules_that(test: Any) -> list[str]:
    return where({path: bool(test(tree)) for path, tree in modules().items()})


def test_there_is_a_source_to_read() -> None:
    assert len(modules()) > 80


def names_a_state(call: ast.Call) -> bool:
    if {keyword.arg for keyword in call.keywords} & STATES:
        return True
    constants = [n.value for n in ast.walk(call) if isinstance(n, ast.Constant)]
    return bool(STATES & {c for c in constants if isinstance(c, str)})


@pytest.mark.parametrize("name", ["update", "bulk_update", "update_or_create"])
def test_no_state_changes_but_by_a_transition(name: str) -> None:
    assert modules_that(lambda t: any(names_a_state(c) for c in calls(t, name))) == []


def test_a_state_set_by_an_update_would_be_seen() -> None:
    wrong = "V.objects.update(state='x'); W.bulk_update(rows, ['standing'])"
    tree = ast.parse(wrong)

    assert [names_a_state(c) for c in calls(tree, "update")] == [True]
    assert [names_a_state(c) for c in calls(tree, "bulk_update")] == [True]


def test_no_row_is_read_over_itself() -> None:
    found = modules_that(lambda tree: calls(tree, "refresh_from_db"))

    assert found == ["articles/machine.py"]  # which says how, for Django's own use


def hears_signals(tree: ast.AST) -> bool:
    return any(
        name.startswith(("django.dispatch", "django_fsm.signals", "celery.signals"))
        or ".signals." in f"{name}."
        for name in imported(tree)
    )


def test_nothing_happens_behind_a_signal() -> None:
    assert modules_that(hears_signals) == ["config/celery.py", "editorial/apps.py"]
    assert modules_that(lambda tree: calls(tree, "receiver")) == []


def test_nothing_is_left_to_the_broker_for_later() -> None:
    def later(tree: ast.AST) -> bool:
        return any(
            keyword.arg in ("eta", "countdown", "expires")
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            for keyword in node.keywords
        )

    assert modules_that(later) == []
    assert modules_that(lambda tree: calls(tree, "apply_async")) == []
    assert modules_that(lambda tree: calls(tree, "delay")) == []


def test_mail_leaves_by_one_door() -> None:
    def mails(tree: ast.AST) -> bool:
        return any(name.startswith("django.core.mail") for name in imported(tree))

    found = [path for path in modules_that(mails) if not path.startswith("config/")]
    assert found == ["editorial/mails.py"]
    sends = modules_that(lambda t: calls(t, "send_mail") or calls(t, "email_user"))
    assert sends == ["config/accounts.py"]  # what the account library writes


def test_transactions_are_opened_where_deeds_are_done() -> None:
    def opens(tree: ast.AST) -> bool:
        return "django.db.transaction" in imported(tree)

    outside = [
        path
        for path in modules_that(opens)
        if not path.startswith(("editorial/actions/", "config/"))
    ]
    assert outside == [
        "articles/asking/kept.py",  # what is learned after a deed, and locked
        "editorial/admin.py",
        "editorial/checkpoints.py",
        "editorial/demonstration/loader.py",
        "editorial/facts.py",
        "editorial/ledger/chains.py",
        "editorial/ledger/steps.py",
        "editorial/outbox.py",
        "editorial/policy_texts.py",
        "editorial/printouts.py",
    ]


def test_modules_import_at_the_top() -> None:
    def inside(tree: ast.AST) -> bool:
        return any(
            isinstance(node, ast.Import | ast.ImportFrom)
            for function in functions(tree)
            for node in ast.walk(function)
        )

    # There are no models before the app, or the database, is ready.
    assert modules_that(inside) == ["config/schema.py", "editorial/apps.py"]


def test_no_error_is_swallowed() -> None:
    def swallows(tree: ast.AST) -> bool:
        return any(
            isinstance(node, ast.ExceptHandler)
            and (node.type is None or isinstance(node.body[0], ast.Pass))
            for node in ast.walk(tree)
        )

    assert modules_that(swallows) == []


def deeds() -> dict[str, ast.FunctionDef]:
    return {
        f"{path}:{function.name}": function
        for path, tree in modules().items()
        if path.startswith("editorial/actions/")
        for function in tree.body
        if isinstance(function, ast.FunctionDef) and not function.name.startswith("_")
    }


def test_deeds_name_who_does_them_first_among_the_keywords() -> None:
    late = [
        name
        for name, deed in deeds().items()
        if "by" in [argument.arg for argument in deed.args.kwonlyargs]
        and deed.args.kwonlyargs[0].arg != "by"
        and not name.endswith("let_go")
    ]
    positional = [
        name
        for name, deed in deeds().items()
        if "by" in [argument.arg for argument in deed.args.args]
    ]

    assert (late, positional) == ([], [])


def test_deeds_say_what_they_take() -> None:
    vague = [n for n, deed in deeds().items() if deed.args.kwarg or deed.args.vararg]

    assert vague == []


def test_every_step_has_a_deed_of_its_name() -> None:
    named = {name.partition(":")[2] for name in deeds()}
    within_others = {"report_overdue", "declare_conflict"}  # remind, accept

    assert {step.name for step in workflow.STEPS} - within_others <= named


def test_every_deed_has_a_test_of_its_module() -> None:
    found = {
        name.partition(":")[0].removeprefix("editorial/actions/") for name in deeds()
    }
    tests = {path.name for path in (ROOT / "tests/editorial/actions").iterdir()}

    without = {module for module in found if f"test_{module}" not in tests}
    assert without == {"batches.py"}  # the writing half of importing.py
    assert found == {
        *("accounts.py", "answering.py", "authoring.py", "authors.py", "batches.py"),
        *("caring.py", "citing.py", "deciding.py", "desk.py", "effects.py"),
        *(
            "entities.py",
            "filters.py",
            "handling.py",
            "importing.py",
            "interests.py",
            "inviting.py",
        ),
        *("library.py", "listening.py", "looking.py", "minding.py"),
        *("publishing.py", "questions.py", "reviewing.py"),
        *("blinding.py", "jotting.py", "reopening.py", "replying.py"),
        *("telling.py", "timing.py", "naming.py", "withholding.py", "defining.py"),
        *("spreading.py", "standing.py"),
    }


def test_functions_stay_short() -> None:
    lengths = sorted(
        (function.end_lineno or 0) - function.lineno + 1
        for tree in modules().values()
        for function in functions(tree)
    )

    assert statistics.median(lengths) <= 7
    assert lengths[int(len(lengths) * 0.95)] <= 20
