"""Why a document is not read."""


class DocumentError(ValueError):
    """The document cannot be taken; the message says why, in a sentence."""
