"""Word documents made in code: a package, its parts, and the pieces of a text."""

from collections.abc import Mapping
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
)
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
STYLES = {
    "Title": "Title",
    "Heading1": "heading 1",
    "Heading2": "heading 2",
    "Heading3": "heading 3",
    "Heading4": "heading 4",
    "Quote": "Quote",
    "ListParagraph": "List Paragraph",
}
BULLETS = 1
NUMBERS = 2


def xml(content: str, *, encoding: str = "utf-8") -> bytes:
    head = f'<?xml version="1.0" encoding="{encoding.upper()}" standalone="yes"?>\n'
    return (head + content).encode(encoding)


def part(root: str, content: str) -> bytes:
    return xml(f"<w:{root} {NAMESPACES}>{content}</w:{root}>")


def t(text: str, *marks: str) -> str:
    """A run; marks are `b`, `i`, `sup`, `sub`, or properties in full."""
    shapes = {
        "b": "<w:b/>",
        "i": "<w:i/>",
        "sup": '<w:vertAlign w:val="superscript"/>',
        "sub": '<w:vertAlign w:val="subscript"/>',
    }
    properties = "".join(shapes.get(mark, mark) for mark in marks)
    properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    text = escape(text, quote=False)
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs: str, style: str = "", properties: str = "") -> str:
    """A paragraph; strings that are no markup become plain runs."""
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = "".join(run if run.startswith("<w:") else t(run) for run in runs)
    return f"<w:p><w:pPr>{style}{properties}</w:pPr>{inner}</w:p>"


def item(*runs: str, level: int = 0, kind: int = BULLETS) -> str:
    numbering = f'<w:ilvl w:val="{level}"/><w:numId w:val="{kind}"/>'
    return p(*runs, style="ListParagraph", properties=f"<w:numPr>{numbering}</w:numPr>")


def table(*rows: list[str], look: str = "", header: bool = False) -> str:
    look = f"<w:tblLook {look}/>" if look else ""
    text = ""
    for at, row in enumerate(rows):
        head = "<w:trPr><w:tblHeader/></w:trPr>" if header and at == 0 else ""
        cells = "".join(
            f"<w:tc>{cell if cell.startswith('<w:') else p(cell)}</w:tc>"
            for cell in row
        )
        text += f"<w:tr>{head}{cells}</w:tr>"
    return f"<w:tbl><w:tblPr>{look}</w:tblPr>{text}</w:tbl>"


def link(relationship: str, *runs: str) -> str:
    inner = "".join(run if run.startswith("<w:") else t(run) for run in runs)
    return f'<w:hyperlink r:id="{relationship}">{inner}</w:hyperlink>'


def note_reference(number: int, kind: str = "footnote") -> str:
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    return f'<w:r>{raised}<w:{kind}Reference w:id="{number}"/></w:r>'


def notes(*texts: str, kind: str = "footnote") -> bytes:
    separators = f'<w:{kind} w:type="separator" w:id="-1"><w:p/></w:{kind}>'
    text = "".join(
        f'<w:{kind} w:id="{number}">'
        + p(f"<w:r><w:{kind}Ref/></w:r>", f" {text}")
        + f"</w:{kind}>"
        for number, text in enumerate(texts, start=1)
    )
    return part(f"{kind}s", separators + text)


def styles(names: Mapping[str, str], more: str = "") -> bytes:
    listed = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in names.items()
    )
    return part("styles", listed + more)


def numbering() -> bytes:
    def levels(shape: str) -> str:
        return "".join(
            f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="{shape}"/></w:lvl>'
            for level in range(9)
        )

    return part(
        "numbering",
        f'<w:abstractNum w:abstractNumId="0">{levels("bullet")}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1">{levels("decimal")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>',
    )


def relationships(*rows: tuple[str, str, str]) -> bytes:
    mode = ' TargetMode="External"'
    text = "".join(
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{escape(target)}"'
        f"{mode if kind == 'hyperlink' else ''}/>"
        for key, kind, target in rows
    )
    return xml(f'<Relationships xmlns="{PACKAGE}/relationships">{text}</Relationships>')


def content_types(main: str = MAIN) -> bytes:
    return xml(
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    )


def parts(
    *blocks: str,
    links: Mapping[str, str] | None = None,
    others: Mapping[str, bytes] | None = None,
) -> dict[str, bytes]:
    hyperlinks = [(key, "hyperlink", to) for key, to in (links or {}).items()]
    return {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relationships(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": part("document", f"<w:body>{''.join(blocks)}</w:body>"),
        "word/_rels/document.xml.rels": relationships(
            ("rId1", "styles", "styles.xml"),
            ("rId2", "numbering", "numbering.xml"),
            ("rId3", "footnotes", "footnotes.xml"),
            ("rId4", "endnotes", "endnotes.xml"),
            *hyperlinks,
        ),
        "word/styles.xml": styles(STYLES),
        "word/numbering.xml": numbering(),
        **(others or {}),
    }


def zipped(members: Mapping[str, bytes]) -> bytes:
    archive = BytesIO()
    with ZipFile(archive, "w", ZIP_DEFLATED) as out:
        for name, data in members.items():
            out.writestr(name, data)
    return archive.getvalue()


def docx(
    *blocks: str,
    links: Mapping[str, str] | None = None,
    others: Mapping[str, bytes] | None = None,
) -> bytes:
    return zipped(parts(*blocks, links=links, others=others))
