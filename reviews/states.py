"""The states of an assignment, the votes and the kinds of comment."""

from django.db import models


class AssignmentState(models.TextChoices):
    INVITED = "invited", "Invited"
    ACCEPTED = "accepted", "Accepted"
    REPORTED = "reported", "Reported"
    DECLINED = "declined", "Declined"
    EXPIRED = "expired", "Expired"
    RECUSED = "recused", "Recused"
    WITHDRAWN = "withdrawn", "Withdrawn"
    REOPENED = "reopened", "Asked again"


OPEN = (AssignmentState.INVITED, AssignmentState.ACCEPTED)
STANDING = (*OPEN, AssignmentState.REPORTED)


class Vote(models.TextChoices):
    APPROVE = "approve", "Approve"
    MINOR = "minor", "Approve with minor changes"
    CHANGES = "changes", "Changes needed"
    REJECT = "reject", "Reject"


IN_FAVOUR = (Vote.APPROVE, Vote.MINOR)


class CommentKind(models.TextChoices):
    QUESTION = "question", "Question"
    SUGGESTION = "suggestion", "Suggestion"
    BLOCKING = "blocking", "Blocking"
    REQUEST = "request", "Request of the editor"


REMARKS = (CommentKind.QUESTION, CommentKind.SUGGESTION, CommentKind.BLOCKING)
"""What a reviewer's comment can be."""

MUST_BE_ANSWERED = (CommentKind.BLOCKING, CommentKind.QUESTION, CommentKind.REQUEST)


class AnswerKind(models.TextChoices):
    """What an author did about a comment that was carried into the next draft."""

    DONE = "done", "Done"
    NOT_DONE = "not_done", "Not done"


class Meaning(models.TextChoices):
    """What a signature says."""

    REVIEW = "review", "Review"
    APPROVAL = "approval", "Approval"


class Verdict(models.TextChoices):
    """What a cited work says of the claim it stands under."""

    SUPPORTS = "supports", "Supports it"
    PARTLY = "partly", "Supports it in part"
    DOES_NOT = "does_not", "Does not support it"
    NOT_ACCESSIBLE = "not_accessible", "Could not be opened"


class Advice(models.TextChoices):
    """What an editor advises the chief editor to decide."""

    APPROVE = "approve", "Approve"
    RETURN = "return", "Return for changes"
    REJECT = "reject", "Reject"
