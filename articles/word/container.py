"""
The ZIP archive around a Word document, and what may come in at all.

Everything is decided from the bytes: what a file is called says nothing. Only parts
that hold XML leave the archive; pictures and attachments are never unpacked.
"""

import lzma
import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from articles.word.refused import DocumentError

MAX_BYTES = 10_000_000
MAX_UNPACKED = 60_000_000
MAX_MEMBERS = 2_000
MAX_RATIO = 200
SMALL = 1_000_000

CONTENT_TYPES = "[Content_Types].xml"

_MEGABYTE = 1_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK"
_ENCRYPTED = 0x1
_SAVE_AS = "Open it in Word and save it as .docx."
_OTHER_KINDS = {
    b"{\\rtf": f"This is an RTF document, not a .docx file. {_SAVE_AS}",
    b"%PDF": "This is a PDF, not a .docx file; the text of a PDF cannot be read.",
    b"<": "This is a web page or an XML file, not a .docx file; paste its text instead.",
}
_OTHER_ARCHIVES = {
    "mimetype": f"This is an OpenDocument file, not a .docx file. {_SAVE_AS}",
    "xl/": "This is an Excel workbook, not a Word document.",
    "ppt/": "This is a PowerPoint presentation, not a Word document.",
}
_BROKEN = (
    *(BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError),
    *(NotImplementedError, RuntimeError, ValueError),
)
_XML = (".xml", ".rels", ".vml")
_DAMAGED = "The file is damaged: its archive cannot be read."
_MACROS = (
    "The document holds macros. Save it in Word as .docx, which leaves them out, "
    "and try again."
)


def xml_parts(data: bytes) -> dict[str, bytes]:
    """The XML parts of a .docx file by their names."""
    if len(data) > MAX_BYTES:
        raise DocumentError(f"The file is larger than {MAX_BYTES // _MEGABYTE} MB.")
    _refuse_other_kinds(data)
    try:
        with ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            _check(members)
            parts = {
                member.filename: archive.read(member)
                for member in members
                if member.filename.lower().endswith(_XML)
            }
    except DocumentError:
        raise
    except _BROKEN as broken:
        raise DocumentError(_DAMAGED) from broken
    _check_content_type(parts[CONTENT_TYPES])
    return parts


def _refuse_other_kinds(data: bytes) -> None:
    if not data:
        raise DocumentError("The file is empty.")
    if data.startswith(_OLE):
        raise DocumentError(_old_or_locked(data))
    for start, sentence in _OTHER_KINDS.items():
        if data.lstrip().startswith(start):
            raise DocumentError(sentence)
    if not data.startswith(_ZIP):
        raise DocumentError("This is not a .docx file.")


def _old_or_locked(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "The document is protected by a password. Save it without and try again."
    if "WordDocument".encode("utf-16-le") in data:
        return f"This is a document of an old Word (.doc). {_SAVE_AS}"
    return f"This is a file of an old Office program, not a .docx file. {_SAVE_AS}"


def _check(members: list[ZipInfo]) -> None:
    if len(members) > MAX_MEMBERS:
        raise DocumentError(f"The file holds more than {MAX_MEMBERS:,} parts.")
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise DocumentError("The file is protected by a password.")
    names = {member.filename for member in members}
    _check_names(names)
    if len(names) < len(members):
        raise DocumentError("The file holds two parts of the same name.")
    _check_sizes(members)


def _check_names(names: set[str]) -> None:
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise DocumentError(_MACROS)
    if CONTENT_TYPES in names and any(name.startswith("word/") for name in names):
        return
    for start, sentence in _OTHER_ARCHIVES.items():
        if any(name.startswith(start) for name in names):
            raise DocumentError(sentence)
    raise DocumentError("This is an archive, but no Word document is in it.")


def _check_sizes(members: list[ZipInfo]) -> None:
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise DocumentError(
            f"Unpacked, the file is larger than {MAX_UNPACKED // _MEGABYTE} MB."
        )
    if any(_is_bomb(member) for member in members):
        raise DocumentError(
            f"A part of the file is packed more than {MAX_RATIO} times smaller than it "
            "is; no document is."
        )
    if any(
        member.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for member in members
    ):
        raise DocumentError(_DAMAGED)


def _is_bomb(member: ZipInfo) -> bool:
    packed = max(member.compress_size, 1)
    return member.file_size > SMALL and member.file_size > MAX_RATIO * packed


def _check_content_type(declared: bytes) -> None:
    types = declared.replace(b"\0", b"").lower()
    if b"macroenabled" in types:
        raise DocumentError(_MACROS)
    if b"wordprocessingml.template.main" in types:
        raise DocumentError(f"This is a Word template, not a document. {_SAVE_AS}")
