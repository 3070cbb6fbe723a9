import random
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from articles.word import DocumentError, container, read_docx
from tests.articles.word.documents import content_types, docx, p, parts, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
TEMPLATE = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
)
GOOD = parts(p("x"))


def refusal(data: bytes) -> str:
    with pytest.raises(DocumentError) as refused:
        read_docx(data)
    return str(refused.value)


def packed(members, compression=ZIP_STORED) -> bytes:
    archive = BytesIO()
    with ZipFile(archive, "w", compression) as out:
        for name, data in members:
            out.writestr(name, data)
    return archive.getvalue()


def encrypted(data: bytes) -> bytes:
    """With the flag that says a password is needed, in the central directory."""
    at = data.index(b"PK\x01\x02")
    return data[: at + 8] + b"\x01" + data[at + 9 :]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b"just some words", "This is not a .docx file."),
        (b"\x00\x01\x02\x03", "This is not a .docx file."),
        (OLE + "WordDocument".encode("utf-16-le"), "This is a document of an old Word (.doc). Open it in Word and save it as .docx."),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "The document is protected by a password. Save it without and try again."),
        (OLE, "This is a file of an old Office program, not a .docx file. Open it in Word and save it as .docx."),
        (b"{\\rtf1 x}", "This is an RTF document, not a .docx file. Open it in Word and save it as .docx."),
        (b"%PDF-1.7", "This is a PDF, not a .docx file; the text of a PDF cannot be read."),
        (b"\r\n<!doctype html>", "This is a web page or an XML file, not a .docx file; paste its text instead."),
        (b"PK\x03\x04 and junk", "The file is damaged: its archive cannot be read."),
        (docx(p("x"))[:-40], "The file is damaged: its archive cannot be read."),
        (encrypted(docx(p("x"))), "The file is protected by a password."),
        (zipped({"a.txt": b"x"}), "This is an archive, but no Word document is in it."),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "This is an OpenDocument file, not a .docx file. Open it in Word and save it as .docx."),
        (zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), "This is an Excel workbook, not a Word document."),
        (zipped({"[Content_Types].xml": b"", "ppt/a.xml": b""}), "This is a PowerPoint presentation, not a Word document."),
        (zipped(GOOD | {"word/vbaProject.bin": b"x"}), container._MACROS),  # noqa: SLF001
        (zipped(GOOD | {"[Content_Types].xml": content_types(MACROS)}), container._MACROS),  # noqa: SLF001
        (zipped(GOOD | {"[Content_Types].xml": content_types(TEMPLATE)}), "This is a Word template, not a document. Open it in Word and save it as .docx."),
        (packed(GOOD.items(), ZIP_BZIP2), "The file is damaged: its archive cannot be read."),
    ],
)  # fmt: skip
def test_what_is_no_docx_is_called_by_its_name(data: bytes, sentence: str) -> None:
    assert refusal(data) == sentence


def test_the_largest_file_passes_and_a_larger_one_is_refused() -> None:
    room = container.MAX_BYTES - len(packed([*GOOD.items(), ("media/x", b"")]))
    largest = packed([*GOOD.items(), ("media/x", b"\0" * room)])

    assert len(largest) == container.MAX_BYTES
    assert read_docx(largest).body == "<p>x</p>"
    assert refusal(largest + b"\0") == "The file is larger than 10 MB."


def test_a_file_that_unpacks_to_too_much_is_refused() -> None:
    noise = random.Random(1).randbytes(6_000) * 1_000  # noqa: S311  # any noise does

    members = [*GOOD.items(), *((f"word/{n}.bin", noise) for n in range(11))]

    assert refusal(packed(members, ZIP_DEFLATED)) == (
        "Unpacked, the file is larger than 60 MB."
    )


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = packed([*GOOD.items(), ("word/a.xml", b" " * 50_000_000)], ZIP_DEFLATED)

    assert refusal(bomb) == (
        "A part of the file is packed more than 200 times smaller than it is; no "
        "document is."
    )


def test_a_part_that_is_larger_than_it_says_is_refused() -> None:
    data = packed([("word/a.xml", b"<a>" + b"x" * 5_000), *GOOD.items()], ZIP_DEFLATED)
    lying = data.replace((5_003).to_bytes(4, "little"), (50).to_bytes(4, "little"))

    assert lying != data
    assert refusal(lying) == "The file is damaged: its archive cannot be read."


def test_a_flood_of_parts_is_refused() -> None:
    flood = packed([*GOOD.items(), *((f"word/{n}", b"") for n in range(2_000))])

    assert refusal(flood) == "The file holds more than 2,000 parts."


def test_a_part_that_is_there_twice_is_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = packed([*GOOD.items(), ("word/document.xml", b"<other/>")])

    assert refusal(twice) == "The file holds two parts of the same name."


def test_pictures_are_never_unpacked() -> None:
    whole = packed([*GOOD.items(), ("word/media/image1.png", b"a picture")])
    broken = whole.replace(b"a picture", b"NO PICTURE"[:9])

    assert broken != whole
    assert read_docx(broken).body == "<p>x</p>"


def told(data: bytes) -> str:
    try:
        return f"{len(read_docx(data).body)} characters."
    except DocumentError as refused:
        return str(refused)


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_file_gives_a_sentence_or_a_text(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # damage, not a secret
    data = bytearray(docx(p("Some words"), p("More words")))
    for _ in range(chance.randrange(1, 30)):
        data[chance.randrange(len(data))] = chance.randrange(256)

    assert told(bytes(data)).endswith(".")
