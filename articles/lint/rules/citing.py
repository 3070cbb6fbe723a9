"""Rules about what the text cites, and what it states without citing."""

from collections.abc import Iterator

from articles.lint.blocks import Block, Kind
from articles.lint.findings import Hit, in_block, in_sentence, in_text, quoted
from articles.lint.reading import Passage, Reading

ENOUGH_WORDS = 6
ALIKE = 0.7
MEANINGFUL = 4
MAX_COMPARED = 600

_CLAIMING = {Kind.PARAGRAPH, Kind.ITEM}


def missing(reading: Reading) -> Iterator[Hit]:
    known = {ref.key for ref in reading.draft.references}
    for passage in reading.texts:
        for block in passage.blocks:
            for key in _unknown_keys(block, known):
                message = (
                    f"The text cites {quoted(key)}, which is not in the references."
                )
                yield in_block(passage.part, block, message)


def _unknown_keys(block: Block, known: set[str]) -> list[str]:
    keys = (key for citation in block.citations for key in citation.keys)
    return [key for key in dict.fromkeys(keys) if key not in known]


def uncited_claim(reading: Reading) -> Iterator[Hit]:
    """One for each paragraph or item that states something and cites nothing."""
    done = {id(b) for passage in reading.texts for b in _covered(passage)}
    for passage, block, sentence in reading.claims:
        bare = block.kind in _CLAIMING and not block.is_cited
        if bare and id(block) not in done:
            done.add(id(block))
            yield in_sentence(
                passage.part, block, sentence, "This is stated without a citation."
            )


def _covered(passage: Passage) -> Iterator[Block]:
    """Items whose lead-in cites for all of them."""
    lead_cites = False
    for block in passage.blocks:
        if block.kind is Kind.ITEM:
            if lead_cites:
                yield block
        else:
            lead_cites = block.is_cited and block.text.rstrip().endswith(":")


def said_twice(reading: Reading) -> Iterator[Hit]:
    """Two sentences of one text that say nearly the same, numbers included."""
    for passage in reading.bodies:
        spots = [spot for spot in passage.prose if spot.block.kind in _CLAIMING]
        known: dict[str, int] = {}
        earlier: list[tuple[int, int, str]] = []
        for _, block, sentence in spots[:MAX_COMPARED]:
            stems, figures = _gist(sentence.folded)
            if len(stems) < ENOUGH_WORDS:
                continue
            bits = _bits(stems, known)
            same = _alike(bits, len(stems), figures, earlier)
            earlier.append((bits, len(stems), figures))
            if same:
                message = "Another sentence of this text says nearly the same."
                yield in_sentence(passage.part, block, sentence, message)


def _gist(folded: str) -> tuple[frozenset[str], str]:
    words = "".join(c if c.isalnum() else " " for c in folded).split()
    figures = " ".join(word for word in words if any(map(str.isdigit, word)))
    stems = frozenset(
        w[:6] for w in words if len(w) >= MEANINGFUL and not w[0].isdigit()
    )
    return stems, figures


def _bits(stems: frozenset[str], known: dict[str, int]) -> int:
    bits = 0
    for stem in stems:
        bits |= 1 << known.setdefault(stem, len(known))
    return bits


def _alike(
    bits: int, size: int, figures: str, earlier: list[tuple[int, int, str]]
) -> bool:
    for other, other_size, other_figures in earlier:
        common = (bits & other).bit_count()
        near = common >= ALIKE * (size + other_size - common)
        if near and figures == other_figures:
            return True
    return False


def generic_link(reading: Reading) -> Iterator[Hit]:
    for passage in reading.texts:
        for block in passage.blocks:
            for link in block.links:
                text = block.folded[link.start : link.end].strip(" .:»>…")
                if text in _GENERIC or text.startswith(("http://", "https://", "www.")):
                    yield in_text(
                        passage.part,
                        block,
                        link.start,
                        link.end,
                        f"The link says {quoted(text)}, not where it leads.",
                    )


_PHRASES = (
    "here|click here|click|link|this link|more|read more|learn more|find out more|"
    "this|this page|this site|this website|website|page|see here|details"
)
_GENERIC = frozenset(_PHRASES.split("|"))


def insecure_link(reading: Reading) -> Iterator[Hit]:
    for passage in reading.texts:
        for block in passage.blocks:
            for link in block.links:
                if link.href.lower().startswith("http://"):
                    message = f"The link to {quoted(link.href)} is not encrypted."
                    yield in_text(passage.part, block, link.start, link.end, message)
