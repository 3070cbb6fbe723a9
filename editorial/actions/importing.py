"""
Articles by the thousand: lines of the import format to drafts, in batches.

A batch is one transaction, so an interrupted import goes on where it stopped. The
same line again changes nothing; a known `external_id` with other content is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from django.db import IntegrityError, transaction

from articles import importing
from articles.models import Article, Work
from articles.vocabulary import MACHINE_MADE
from editorial import people, roles, rules
from editorial.actions import batches
from editorial.actions.batches import BATCH, Taken
from editorial.models import User

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from articles.importing import ArticleDraft

NOBODY_RESPONSIBLE = (
    "a machine took part in it, so that a person must take responsibility; "
    "import it as a draft"
)
Line = tuple[int, bytes]


class Refusal(NamedTuple):
    """A line that was not taken, and why."""

    number: int
    reason: str


@dataclass(slots=True)
class Tally:
    """What became of the lines."""

    created: int = 0
    unchanged: int = 0
    refused: int = 0

    def __str__(self) -> str:
        return (
            f"{self.created} created, {self.unchanged} unchanged, "
            f"{self.refused} refused"
        )


@dataclass(slots=True)
class Importer:
    """
    An import under way.

    `author` owns the articles that name nobody, `submit` hands every version in,
    `refuse` hears of each refused line and `progress` of every batch.
    """

    author: User
    submit: bool
    refuse: Callable[[Refusal], None]
    progress: Callable[[int], None]
    tally: Tally = field(default_factory=Tally)
    authors: dict[str, User | None] = field(default_factory=dict)

    def run(self, lines: Iterable[Line]) -> Tally:
        """Take every line; memory stays flat however many there are."""
        rest = iter(lines)
        while batch := list(islice(rest, BATCH)):
            drafts = list(self._read(batch))
            try:
                self._store(drafts)
            except IntegrityError:
                # Somebody imported the same lines meanwhile; now they are known.
                self._store(drafts)
            self.progress(len(batch))
        return self.tally

    def _read(self, batch: list[Line]) -> Iterator[Taken]:
        for number, line in batch:
            draft = importing.read(line, number=number)
            if isinstance(draft, importing.Refusal):
                self._refuse(number, draft.reason)
            elif taken := self._accept(number, draft):
                yield taken

    def _accept(self, number: int, draft: ArticleDraft) -> Taken | None:
        author = self._author(draft.author)
        if author is None:
            self._refuse(number, f"no author has the address {draft.author}")
        elif self.submit and (objection := _objection(draft)):
            self._refuse(number, objection)
        else:
            return Taken(number, draft, author)
        return None

    def _author(self, email: str | None) -> User | None:
        if email is None:
            return self.author
        if email not in self.authors:
            self.authors[email] = User.objects.filter(
                email__iexact=email, is_active=True, groups__name=roles.AUTHOR
            ).first()
        return self.authors[email]

    def _refuse(self, number: int, reason: str) -> None:
        self.tally.refused += 1
        self.refuse(Refusal(number, reason))

    def _store(self, drafts: list[Taken]) -> None:
        with transaction.atomic(durable=True):
            new, unchanged, refused = _sorted(drafts)
            batches.create(new, submit=self.submit)
        self.tally.created += len(new)
        self.tally.unchanged += unchanged
        for number, reason in refused:
            self._refuse(number, reason)


def importer(
    *,
    author: User | None,
    submit: bool,
    refuse: Callable[[Refusal], None],
    progress: Callable[[int], None],
) -> Importer:
    """An import on behalf of `author`, or of the built-in import account."""
    return Importer(author or people.importer(), submit, refuse, progress)


def _objection(draft: ArticleDraft) -> str | None:
    """Why a line cannot be submitted; its findings wait for the desk at triage."""
    if draft.origin in MACHINE_MADE:
        return NOBODY_RESPONSIBLE
    return rules.text_objection(
        question=draft.question,
        main=draft.renditions[draft.audience],
        texts=[draft.key_answer, *draft.renditions.values()],
        titles={r.key: Work(csl=r.csl).named for r in draft.references},
    )


def _sorted(drafts: list[Taken]) -> tuple[list[Taken], int, list[Refusal]]:
    """What is new, how many are known already, and what contradicts a known one."""
    known = dict(
        Article.objects.filter(
            external_id__in=[taken.draft.external_id for taken in drafts]
        ).values_list("external_id", "external_sha256")
    )
    new, unchanged, refused = [], 0, []
    for taken in drafts:
        draft = taken.draft
        if draft.external_id not in known:
            known[draft.external_id] = draft.fingerprint
            new.append(taken)
        elif known[draft.external_id] == draft.fingerprint:
            unchanged += 1
        else:
            reason = f"“{draft.external_id}” is known with other content"
            refused.append(Refusal(taken.number, reason))
    return new, unchanged, refused
