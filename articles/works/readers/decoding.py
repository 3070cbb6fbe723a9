"""Bytes to text, whatever program wrote them."""

import codecs
from typing import NamedTuple

_BOMS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
_REPLACED = "\N{REPLACEMENT CHARACTER}"
_SAMPLE = 400


class Decoded(NamedTuple):
    text: str
    problems: list[str]


def decode(data: bytes) -> Decoded:
    """The text with plain line ends, and a sentence where its encoding was a guess."""
    text, problems = _decode(data)
    return Decoded(unix_lines(text), problems)


def unix_lines(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _decode(data: bytes) -> tuple[str, list[str]]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _whole(data, encoding)
    if wide := _wide(data):
        return _whole(data, wide)
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        return _guessed(data)


def _whole(data: bytes, encoding: str) -> tuple[str, list[str]]:
    text = data.decode(encoding, errors="replace")
    return text, _replaced(text.count(_REPLACED))


def _wide(data: bytes) -> str:
    """UTF-16 without its mark: every other byte of plain letters is null."""
    sample = data[:_SAMPLE]
    zeros = sample[1::2].count(0), sample[::2].count(0)
    if max(zeros) * 4 < len(sample) or min(zeros):
        return ""
    return "utf-16-le" if zeros[0] else "utf-16-be"


def _guessed(data: bytes) -> tuple[str, list[str]]:
    """UTF-8 with a few wrong bytes, else what Windows wrote in the West."""
    text = data.decode("utf-8", errors="replace")
    wrong = text.count(_REPLACED)
    if wrong * 2 < sum(not character.isascii() for character in text):
        return text, _replaced(wrong)
    try:
        text, name = data.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        text, name = data.decode("latin-1"), "ISO 8859-1"
    return text, [
        f"The file is not in UTF-8; it was read as {name}. Look at the accents."
    ]


def _replaced(wrong: int) -> list[str]:
    if not wrong:
        return []
    return [
        f"{wrong:,} characters of the file could not be read and show as “{_REPLACED}”."
    ]
