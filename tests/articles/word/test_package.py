from zipfile import ZipFile

import pytest

from articles.word import DocumentError, package
from tests.articles.word.documents import p, parts, relationships


def texts(*blocks: str, **others) -> dict[str, str]:
    return {
        name: data.decode().partition("?>\n")[2]
        for name, data in parts(*blocks, **others).items()
    }


def test_only_links_are_left_of_what_a_document_points_to() -> None:
    given = texts(
        p("x"),
        others={
            "word/_rels/document.xml.rels": relationships(
                ("a", "hyperlink", "https://example.org/"),
                ("b", "image", "https://tracker.example/pixel.gif"),
                ("c", "attachedTemplate", "https://evil.example/x.dotm"),
                ("d", "oleObject", "embeddings/x.bin"),
            )
        },
    )

    assert package.read(given).links == {"document": {"a": "https://example.org/"}}


def test_nothing_else_is_in_the_package_that_is_converted() -> None:
    given = texts(
        p("x"),
        others={
            "word/comments.xml": b"?>\n<x/>",
            "word/settings.xml": b"?>\n<x/>",
            "mammoth/style-map": b"?>\np => script",
        },
    )

    with ZipFile(package.written(package.read(given))) as archive:
        assert sorted(archive.namelist()) == [
            "word/_rels/document.xml.rels",
            "word/document.xml",
            "word/numbering.xml",
            "word/styles.xml",
        ]


@pytest.mark.parametrize("target", ["content/text.xml", "/content/text.xml"])
def test_the_document_is_where_the_package_says(target: str) -> None:
    given = texts(p("x"))
    given["content/text.xml"] = given.pop("word/document.xml")
    given["_rels/.rels"] = (
        relationships(("a", "officeDocument", target)).decode().partition("?>\n")[2]
    )

    assert list(package.read(given).links) == ["document"]


def test_a_package_without_a_document_gives_a_sentence() -> None:
    given = texts(p("x"))
    del given["word/document.xml"]

    with pytest.raises(DocumentError, match="there is no document in it"):
        package.read(given)
