"""The converted document, brought nearer to how an article is built."""

from lxml import html

from articles import characters
from articles.word.references import HEADINGS, Candidate, Tree, candidate

NOTES = "note-"
SHALLOWEST = 2
DEEPEST = 4


def parsed(markup: str) -> Tree:
    return html.fragment_fromstring(markup, create_parent="div")


def written(root: Tree) -> str:
    blocks = (html.tostring(block, encoding="unicode") for block in root)
    return (root.text or "") + "".join(blocks)


def take_notes(root: Tree, *, prefix: str) -> list[Candidate]:
    """Footnotes and endnotes leave the end of the tree; a marker is where they were."""
    notes = {
        note.get("id", ""): note
        for note in root.iter("li")
        if note.get("id", "").startswith(NOTES)
    }
    if not notes:
        return []
    found = {}
    for number, (name, note) in enumerate(notes.items(), start=1):
        for back in _links(note, f"#{NOTES}"):
            back.drop_tree()
        found[name] = candidate(f"{prefix}{number}", number, note)
    root.remove(next(iter(notes.values())).getparent())
    for link in _links(root, f"#{NOTES}"):
        _point(link, found.get(link.get("href", "")[1:]))
    return list(found.values())


def take_title(root: Tree) -> str:
    """
    The question the document suggests.

    A title leaves the tree, and so does the first block if it alone is a heading of the
    first level; any other first heading stays.
    """
    titles = [block for block in root.iter("h1") if block.get("class") == "title"]
    headings = [block for block in root.iter(*HEADINGS) if block not in titles]
    first_level = [block for block in headings if block.tag == "h1"]
    if not titles and len(root) and first_level == [root[0]]:
        titles = first_level
    if not titles:
        return _words(headings[0]) if headings else ""
    question = _words(titles[0])
    titles[0].drop_tree()
    for other in titles[1:]:
        other.tag = "p"
        other.attrib.clear()
    return question


def level_headings(root: Tree) -> None:
    """The highest level in use becomes the highest that an article has."""
    headings = list(root.iter(*HEADINGS))
    top = min((int(heading.tag[1]) for heading in headings), default=1)
    for heading in headings:
        level = min(int(heading.tag[1]) - top + SHALLOWEST, DEEPEST)
        heading.tag = f"h{level}"


def head_columns(root: Tree) -> None:
    for cell in root.iter("th"):
        cell.set("scope", "col")


def unwrap_single_paragraphs(root: Tree) -> None:
    """A cell with one paragraph is a cell with text."""
    for cell in list(root.iter("td", "th")):
        if len(cell) == 1 and cell[0].tag == "p" and not (cell.text or "").strip():
            cell[0].drop_tag()


def _links(root: Tree, start: str) -> list[Tree]:
    return [link for link in root.iter("a") if link.get("href", "").startswith(start)]


def _point(link: Tree, note: Candidate | None) -> None:
    raised = list(link.iterancestors("sup"))
    if note is None:
        link.drop_tree()
    else:
        link.text = None
        link.tag = "cite"
        link.attrib.clear()
        link.set("data-ref", note.key)
    for element in raised:
        if not element.text_content().strip():
            element.drop_tag()


def _words(block: Tree) -> str:
    return characters.one_line(block.text_content())
