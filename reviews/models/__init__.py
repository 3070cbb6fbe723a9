"""How it is judged: who was asked, what they declared and found, who signed."""

from reviews.models.assignments import Alternate, Assignment, LastLook
from reviews.models.comments import Comment, Reply
from reviews.models.interests import Absence, Declaration, Disclosure
from reviews.models.reports import CitationCheck, Recommendation, Report, ReviewDraft
from reviews.models.signatures import Signature

__all__ = [
    "Absence",
    "Alternate",
    "Assignment",
    "CitationCheck",
    "Comment",
    "Declaration",
    "Disclosure",
    "LastLook",
    "Recommendation",
    "Reply",
    "Report",
    "ReviewDraft",
    "Signature",
]
