"""Languages in the three letters of MEDLINE and the two of everybody else."""

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
_THREE = {two: three for three, two in _TWO.items()}


def read_language(code: str) -> str:
    return _TWO.get(code.strip().lower(), code.strip())


def write_language(code: str) -> str:
    return _THREE.get(code, code)
