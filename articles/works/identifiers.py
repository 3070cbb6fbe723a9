"""
The names by which works and people are known: their one spelling, and their check.

Every reader takes what people paste and returns the one spelling to store, or None
when it is not such an identifier at all.
"""

import re
from urllib.parse import quote, unquote, urlsplit

MAX_DOI = 300
MAX_ADDRESS = 2000

_DOI_PREFIX = re.compile(
    r"\s*(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)", re.IGNORECASE
)
_DOI = re.compile(r"10\.[0-9]{4,9}/\S+")
_CLOSES = {")": "(", "]": "[", "}": "{"}
_PMID = re.compile(
    r"(?:https?://pubmed\.ncbi\.nlm\.nih\.gov/|pmid:?\s*)?([1-9][0-9]{0,7})/?",
    re.IGNORECASE,
)
_PMCID = re.compile(
    r"(?:https?://\S+/|pmcid:?\s*)?(pmc[1-9][0-9]{0,7}(?:\.[0-9]+)?)/?", re.IGNORECASE
)
_ORCID = re.compile(
    r"(?:https?://orcid\.org/)?((?:[0-9]{4}-){3}[0-9]{3}[0-9X])", re.IGNORECASE
)
_NCT = re.compile(r"nct[0-9]{8}", re.IGNORECASE)
_ISBN_13 = re.compile(r"97[89][0-9]{10}")
_ISBN_10 = re.compile(r"[0-9]{9}[0-9X]")
_ISSN = re.compile(r"([0-9]{4})-?([0-9]{3}[0-9X])")
_ADDRESS = re.compile(r"(https?)://([^/?#\s@]+)([/?#]\S*)?", re.IGNORECASE)
_ISBN_LABEL = re.compile(r"\s*isbn(?:-1[03])?\s*:?\s*", re.IGNORECASE)
_UNSAFE = re.compile(r"""["'<>\\^`{|}\s]""")


def bare_doi(text: str) -> str | None:
    """The DOI as its owner spells it, without address, label or sentence around it."""
    found = _DOI.match(unquote(_DOI_PREFIX.sub("", text, count=1).strip()))
    if not found or len(found[0]) > 2 * MAX_DOI:
        return None
    bare = _without_closing_punctuation(found[0])
    return bare if len(bare) <= MAX_DOI and _DOI.fullmatch(bare) else None


def doi(text: str) -> str | None:
    bare = bare_doi(text)
    return bare and bare.lower()


def doi_address(bare: str) -> str:
    return "https://doi.org/" + quote(bare, safe="/():;._-")


def pmid(text: str) -> str | None:
    found = _PMID.fullmatch(text.strip())
    return found and found[1]


def pubmed_address(number: str) -> str:
    return f"https://pubmed.ncbi.nlm.nih.gov/{number}/"


def pmcid(text: str) -> str | None:
    found = _PMCID.fullmatch(text.strip())
    return found and found[1].upper()


def nct(text: str) -> str | None:
    return text.strip().upper() if _NCT.fullmatch(text.strip()) else None


def isbn(text: str) -> str | None:
    """Thirteen digits, also for a book that was numbered with ten."""
    digits = re.sub(r"[\s-]", "", _ISBN_LABEL.sub("", text, count=1)).upper()
    if _ISBN_13.fullmatch(digits) and _isbn_check(digits[:12]) == digits[12]:
        return digits
    if not _ISBN_10.fullmatch(digits) or _weighted(digits) % 11:
        return None
    stem = "978" + digits[:9]
    return stem + _isbn_check(stem)


def issn(text: str) -> str | None:
    found = _ISSN.fullmatch(text.strip().upper())
    if not found or _weighted(found[1] + found[2]) % 11:
        return None
    return f"{found[1]}-{found[2]}"


def orcid(text: str) -> str | None:
    found = _ORCID.fullmatch(text.strip())
    if not found:
        return None
    digits = found[1].upper().replace("-", "")
    total = 0
    for digit in digits[:15]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    if digits[15] != "0123456789X"[check]:
        return None
    return f"https://orcid.org/{found[1].upper()}"


def web_address(text: str) -> str | None:
    """
    An absolute http or https address that means the same to every reader.

    Spaces, quotes and backslashes are percent-encoded; an address with a user name
    before the host is refused, because it shows one site and leads to another.
    """
    address = _UNSAFE.sub(lambda found: quote(found[0]), text.strip())
    found = _ADDRESS.fullmatch(address)
    if not found or len(address) > MAX_ADDRESS or not _is_host(found[2]):
        return None
    return f"{found[1].lower()}://{found[2]}{found[3] or ''}"


def _without_closing_punctuation(text: str) -> str:
    while text and (text[-1] in ".,;:'\"" or _is_unopened(text)):
        text = text[:-1]
    return text


def _is_unopened(text: str) -> bool:
    opening = _CLOSES.get(text[-1])
    return opening is not None and text.count(text[-1]) > text.count(opening)


def _weighted(digits: str) -> int:
    """Each digit times its place counted from the right, X being ten."""
    return sum(
        (10 if digit == "X" else int(digit)) * place
        for place, digit in zip(range(len(digits), 0, -1), digits, strict=True)
    )


def _isbn_check(stem: str) -> str:
    total = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(stem))
    return str(-total % 10)


def _is_host(authority: str) -> bool:
    try:
        parts = urlsplit(f"//{authority}")
        _ = parts.port
    except ValueError:
        return False
    return bool(parts.hostname) and "%" not in authority
