"""Languages in the three letters of MEDLINE and the two of everybody else; BibLaTeX names them."""

_TWO = {
    "ara": "ar",
    "chi": "zh",
    "cze": "cs",
    "dan": "da",
    "dut": "nl",
    "eng": "en",
    "fin": "fi",
    "fre": "fr",
    "ger": "de",
    "gre": "el",
    "heb": "he",
    "hun": "hu",
    "ita": "it",
    "jpn": "ja",
    "kor": "ko",
    "nor": "no",
    "per": "fa",
    "pol": "pl",
    "por": "pt",
    "rus": "ru",
    "spa": "es",
    "swe": "sv",
    "tur": "tr",
    "ukr": "uk",
}
_NAMES = {
    "american": "en-US",
    "british": "en-GB",
    "english": "en",
    "french": "fr",
    "german": "de",
    "italian": "it",
    "ngerman": "de",
    "portuguese": "pt",
    "spanish": "es",
}
_THREE = {two: three for three, two in _TWO.items()}


def read_language(code: str) -> str:
    known = _TWO | _NAMES
    return known.get(code.strip().lower(), code.strip())


def write_language(code: str) -> str:
    return _THREE.get(code, code)
