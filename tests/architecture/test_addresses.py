"""Every address asks who you are, unless it stands in the list of those that do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from editorial import workflow
from editorial.urls import API, FILES
from tests import make

if TYPE_CHECKING:
    from collections.abc import Iterator

PUBLIC = {
    # the reading room
    *("home", "articles", "topic", "article", "rendition", "article-versions"),
    *("article-version", "article-canonical", "article-record", "search", "ask"),
    *("article-notice", "corrections", "corrections-of", "feed-corrections"),
    *("article-between", "article-day", "article-on-day", "related"),
    *("article-report-error", "article-error-heard", "ask-send", "ask-sent"),
    "ask-confirm",
    *("article.pdf", *FILES.values()),
    *(name for name, _tail in API.values()),
    *("api-articles", "api-openapi", "oai"),
    *("robots", "sitemap", "sitemap-part", "feed-articles"),
    # the house's own pages
    *("editorial-policy", "editorial-policy-number", "board", "glossary"),
    # for machines
    *("healthz", "readyz", "favicon.ico"),
    # the way in, and back in
    *("account_login", "account_inactive", "account_reset_password"),
    *("account_reset_password_done", "account_reset_password_from_key"),
    *("account_reset_password_from_key_done", "mfa_login_webauthn"),
    *("mfa_authenticate", "account_confirm_login_code", "account_logout"),
}
NOT_OFFERED = {
    *("account_signup", "account_email", "account_confirm_email"),
    "account_email_verification_sent",
}
FETCHED = {
    *("desk-token", "desk-works", "desk-article-new-save", "desk-version-save"),
    "desk-assignment-look",
}
"""Asked by scripts, which are told in JSON instead of being led somewhere."""
GIVEN = {
    "<int:pk>": "1",
    "<int:number>": "1",
    "<int:comment>": "1",
    "<int:first>": "1",
    "<str:day>": "2026-03-03",
    "<int:second>": "2",
    "<slug:finding>": "x",
    "<int:revision>": "1",
    "<slug:slug>": "x",
    "<slug:step>": "submit",
    "<slug:audience>": "patient",
    "<slug:kind>": "hold",
    "<str:key>": "x",
    "<str:token>": "x",
    "<str:form>": "ris",
}


def addresses() -> dict[str, str]:
    """A path for every pattern of ours and of the account library, by its name."""
    found = {}
    for address, name in walk(get_resolver().url_patterns):
        if address.startswith("admin/") or "^" in address:
            continue
        for marker, value in GIVEN.items():
            address = address.replace(marker, value)  # noqa: PLW2901
        found[name or address] = f"/{address}"
    return found


def walk(patterns: Any, before: str = "") -> Iterator[tuple[str, str | None]]:
    for pattern in patterns:
        address = before + str(pattern.pattern)
        match pattern:
            case URLResolver():
                yield from walk(pattern.url_patterns, address)
            case URLPattern():
                yield address, pattern.name


def private() -> dict[str, str]:
    return {
        name: path
        for name, path in addresses().items()
        if name not in PUBLIC | NOT_OFFERED and "/" not in name
    }


def test_there_are_addresses_of_every_kind() -> None:
    assert len(addresses()) > 40
    assert {name for name in private() if name.startswith("desk")} == {
        *("desk-own", "desk-editor", "desk-bulk", "desk-export"),
        "desk-assignment-save",
        *("desk-decide", "desk-decide-step", "desk-version-preview"),
        *("desk-filter-save", "desk-filter-delete"),
        *("desk-figures", "desk-figures-table"),
        *("desk", "desk-effects", "desk-effect-settle", "desk-article-new"),
        *("desk-article-step", "desk-version", "desk-version-edit"),
        *("desk-version-step", "desk-assignment", "desk-assignment-step"),
        *("desk-authors", "desk-authors-step", "desk-answers", "desk-answer"),
        *("desk-response", "desk-findings", "desk-finding-answer"),
        *("desk-finding-open", "desk-facts", "desk-fact", "desk-fact-new"),
        *("desk-terms", "desk-term", "desk-term-new"),
        *("desk-term-approve", "desk-term-end"),
        *("desk-interests", "desk-away", "desk-back", "desk-named"),
        *("desk-mail", "desk-reader-report", "desk-reader-report-empty"),
        *("desk-question", "desk-question-draft", "desk-question-separate"),
        "desk-question-empty",
        *("desk-changes", "desk-looked", "desk-standing", "desk-standing-of"),
        *("desk-version-history", "desk-version-moment"),
        *("desk-references", "desk-references-read", "desk-references-look-up"),
        *("desk-references-add", "desk-references-remove", "desk-references-type"),
        *("desk-references-file", "desk-work", "desk-work-correct"),
        *("desk-article-word", "desk-article-word-put"),
        *("desk-version-word", "desk-version-word-put"),
        *("desk-article-word-look-up", "desk-version-word-look-up"),
        *FETCHED,
    }
    assert [path for path in addresses().values() if "<" in path] == []


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", sorted(private()))
def test_a_stranger_is_asked_to_sign_in(name: str, method: str, db: None) -> None:
    path = private()[name]

    answer = getattr(Client(), method)(path)

    if answer.status_code == 405:
        return
    if name in FETCHED:
        assert answer.status_code == 401
        return
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (
        302,
        "/accounts/login/",
    )


@pytest.mark.parametrize("name", ["account_signup", "account_email"])
def test_what_is_not_offered_is_not_there(name: str, db: None) -> None:
    assert Client().get(addresses()[name]).status_code == 404


def test_the_admin_asks_a_stranger_to_sign_in(db: None) -> None:
    for address in ("/admin/", "/admin/editorial/user/", "/admin/nothing/"):
        assert Client().get(address).status_code == 302


@pytest.mark.parametrize("name", sorted(set(addresses()) & PUBLIC))
def test_what_is_public_does_not_ask(name: str, db: None) -> None:
    answer = Client().get(addresses()[name])

    at = answer.headers.get("Location", "")
    # Without a sign-in under way there is nothing to go on with.
    going_on = ("mfa_authenticate", "account_confirm_login_code", "mfa_login_webauthn")
    assert not at.startswith("/accounts/login/") or name in going_on
    assert answer.status_code != 500


def test_an_address_of_a_step_that_is_none_is_not_there(db: None) -> None:
    version = make.draft()
    client = Client()
    client.force_login(version.article.authorships.get().user)

    known = [
        step.name
        for step in workflow.of_model(type(version))
        if client.post(f"/desk/versions/{version.pk}/{step.name}/").status_code != 404
    ]

    assert {"submit", "withdraw", "revise", "recall"} <= set(known)
    for name in ("no-such-step", "delete", "__init__"):
        answer = client.post(f"/desk/versions/{version.pk}/{name}/")
        assert answer.status_code == 404
