"""The states a version and an article can be in, and the groups that have a name."""

from django.db import models


class VersionState(models.TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    UNDER_REVIEW = "under_review", "Under review"
    RETURNED = "returned", "Returned for changes"
    REJECTED = "rejected", "Rejected"
    APPROVED = "approved", "Approved"
    SUPERSEDED = "superseded", "Superseded"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Standing(models.TextChoices):
    """What the public may see of an article."""

    UNPUBLISHED = "unpublished", "Not public"
    PREVIEW = "preview", "Preview of a pending text"
    PUBLISHED = "published", "Published"
    CONCERN = "concern", "Expression of concern"
    HELD = "held", "On hold"
    RETRACTED = "retracted", "Retracted"
    REMOVED = "removed", "Removed"
    ARCHIVED = "archived", "No longer maintained"


WITH_THE_DESK = (VersionState.SUBMITTED, VersionState.UNDER_REVIEW)
OPEN = (VersionState.DRAFT, *WITH_THE_DESK)
SIGNED_OFF = (VersionState.APPROVED, VersionState.SUPERSEDED)
READABLE = (
    *(Standing.PUBLISHED, Standing.CONCERN, Standing.HELD),
    *(Standing.RETRACTED, Standing.ARCHIVED),
)
"""The standings of a text that was published and can still be read."""
PUBLIC = (Standing.PREVIEW, *READABLE, Standing.REMOVED)
"""The standings in which an article has public pages."""
