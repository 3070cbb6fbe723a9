import pytest

from articles.word import DocumentError, parts, read_docx
from tests.articles.word.documents import NAMESPACES, docx, p, xml, zipped
from tests.articles.word.documents import parts as members

ENTITY = (
    '<!DOCTYPE w:document [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
)
TEXT = f"<w:document {NAMESPACES}><w:body><w:p><w:r><w:t>é</w:t></w:r></w:p></w:body></w:document>"
DECLARED = (
    "“word/document.xml” in the document declares a document type or entities; Word "
    "never does, so it was not read."
)
UNKNOWN = (
    "The document is damaged: “word/document.xml” in it is in an unknown encoding."
)


def with_document(data: bytes) -> bytes:
    return zipped(members() | {"word/document.xml": data})


def refusal(data: bytes) -> str:
    with pytest.raises(DocumentError) as refused:
        read_docx(data)
    return str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_document_is_read_in_the_encodings_of_word(encoding: str) -> None:
    declared = "utf-16" if encoding == "utf-16" else "utf-8"
    text = f'<?xml version="1.0" encoding="{declared}"?>{TEXT}'

    assert read_docx(with_document(text.encode(encoding))).body == "<p>é</p>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_no_parser_sees_a_document_type(encoding: str) -> None:
    text = f'<?xml version="1.0"?>{ENTITY}{TEXT}'

    assert refusal(with_document(text.encode(encoding))) == DECLARED


@pytest.mark.parametrize(
    "data",
    [
        (ENTITY + TEXT).encode("utf-16-le"),
        (ENTITY + TEXT).encode("utf-32"),
        xml(ENTITY + TEXT, encoding="cp037"),
        f'<?xml version="1.0" encoding="cp037"?>{TEXT}'.encode(),
        f'<?xml version="1.0" encoding="utf-7"?>{TEXT}'.encode(),
        TEXT.encode("latin-1"),
        TEXT.encode("utf-16-be"),
    ],
)
def test_a_declaration_cannot_hide_in_an_encoding(data: bytes) -> None:
    assert refusal(with_document(data)) == UNKNOWN


@pytest.mark.parametrize(
    "name", ["word/styles.xml", "word/custom.xml", "_rels/.rels", "docProps/app.xml"]
)
def test_every_part_is_looked_at(name: str) -> None:
    data = zipped(members(p("x")) | {name: b"<!doctype a [<!entity b 'c'>]><a/>"})

    assert refusal(data) == DECLARED.replace("word/document.xml", name)


@pytest.mark.parametrize("bad", [b"<w:document", b"", b"<a>\x01</a>", b"<a></b>"])
def test_broken_xml_gives_a_sentence(bad: bytes) -> None:
    assert refusal(with_document(bad)) == (
        "The document is damaged: “word/document.xml” in it is not well-formed XML, or "
        "is nested too deeply."
    )


@pytest.mark.parametrize("depth", [200, 10_000])
def test_deep_nesting_is_refused(depth: int) -> None:
    deep = "<w:p>" + "<w:ins>" * depth + "</w:ins>" * depth + "</w:p>"

    assert "nested" in refusal(docx(deep))


def test_the_deepest_document_passes() -> None:
    room = parts.MAX_DEPTH - 5
    text = "<w:r><w:t>x</w:t></w:r>"
    deep = "<w:smartTag>" * room + text + "</w:smartTag>" * room

    assert read_docx(docx(f"<w:p>{deep}</w:p>")).body == "<p>x</p>"
    assert refusal(docx(f"<w:p><w:ins>{deep}</w:ins></w:p>")) == (
        "The document is nested deeper than 100 levels."
    )


@pytest.mark.parametrize(
    "inner",
    [
        "<w:p>" * 40 + "</w:p>" * 40,
        "<w:p>" + '<w:hyperlink r:id="a">' * 40 + "</w:hyperlink>" * 40 + "</w:p>",
        "<w:p>" + "<w:r>" * 40 + "<w:t>x</w:t>" + "</w:r>" * 40 + "</w:p>",
    ],
)
def test_what_word_never_nests_is_refused(inner: str) -> None:
    assert refusal(docx(inner, links={"a": "https://example.org/"})) == (
        "The document is nested in a way that Word does not write; it was not read."
    )


def test_a_document_of_too_many_elements_is_refused() -> None:
    many = "".join(f"<w:p><w:bookmarkEnd w:id='{n}'/></w:p>" for n in range(50_000))

    assert refusal(docx(many)) == "The document is too long to be one article."


def test_a_strict_document_is_read_too() -> None:
    strict = TEXT.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )

    assert read_docx(with_document(xml(strict))).body == "<p>é</p>"
