"""An article with something of everything that the database guards."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from articles.models import Notice, NoticeSignature
from editorial import checkpoints
from editorial.actions import authoring
from editorial.models import Publication
from reviews import notices
from reviews.models import (
    Assignment,
    Comment,
    Declaration,
    Recommendation,
    Reply,
    Signature,
)
from tests import make


class House:
    """An article with a public version and the next one reviewed, and a draft."""

    def __init__(self) -> None:
        self.author = make.author()
        self.first = make.published(by=self.author)
        draft = authoring.revise(self.first.pk, by=self.author)
        authoring.edit(draft.pk, by=self.author, text=make.text(), seen=None)
        self.second = make.send(authoring.submit(draft.pk, by=self.author))
        make.report_all(self.second)
        self.second = make.again(self.second)
        self.first = make.again(self.first)
        self.draft = make.again(make.draft())
        self.chief = make.chief()
        self._say()
        checkpoints.take()

    def _say(self) -> None:
        """One row of each table that grows by what people say."""
        assignment = self.second.assignments.order_by("pk")[0]
        by = assignment.reviewer
        Declaration.objects.create(person=by, answers={"employment": {"has": False}})
        Recommendation.objects.create(
            version=self.second, editor=make.editor(), advice="return", reason="Mend it"
        )
        comment = Comment.objects.create(
            version=self.second, author=by, kind="question", text="Why?"
        )
        Reply.objects.create(comment=comment, author=self.chief, text="Because.")
        self.notice = self.notice_of()
        self.notice.save()
        self.notice_signature(signer=make.editor()).save()

    def notice_of(self, **fields: Any) -> Notice:
        """A proposal to retract what is public."""
        given: dict[str, Any] = {
            "article": self.first.article,
            "version": self.first,
            "kind": "retraction",
            "before": "published",
            "after": "retracted",
            "reasons": ["data"],
            "words": "The dose is wrong.",
            "stance": "agree",
            "issuer": "editors",
            "proposed_by": self.chief,
        }
        notice = Notice(**given | fields)
        notice.sha256 = notice.sha256 or notices.sha256_of(notice)
        return notice

    def notice_signature(self, **fields: Any) -> NoticeSignature:
        given: dict[str, Any] = {
            "notice": self.notice,
            "signer": self.chief,
            "printed_name": "A",
            "role": "chief editor",
            "statement": "Yes",
            "sha256": self.notice.sha256,
            "signed_at": timezone.now(),
            "public_key": "a" * 64,
            "value": "b" * 128,
        }
        return NoticeSignature(**given | fields)

    def signature(self, **fields: Any) -> Signature:
        given: dict[str, Any] = {
            "version": self.second,
            "signer": self.chief,
            "printed_name": "A",
            "role": "chief editor",
            "meaning": "approval",
            "statement": "Yes",
            "sha256": self.second.sha256,
            "signed_at": timezone.now(),
            "public_key": "a" * 64,
            "value": "b" * 128,
        }
        return Signature(**given | fields)

    def assignment(self, **fields: Any) -> Assignment:
        given: dict[str, Any] = {
            "version": self.second,
            "reviewer": make.reviewer(),
            "invited_by": self.chief,
            "respond_by": timezone.now(),
        }
        return Assignment(**given | fields)

    def publication(self, **fields: Any) -> Publication:
        given: dict[str, Any] = {
            "article": self.first.article,
            "version": self.first,
            "approval": Signature.objects.get(version=self.first, meaning="approval"),
            "sha256": self.first.sha256,
        }
        return Publication(**given | fields)
