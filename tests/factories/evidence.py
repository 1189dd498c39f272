"""Files as people send them as evidence: small, whole, and then spoilt one way each."""

import io
import struct
import zipfile
import zlib

TEST_VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def pdf(inside: bytes = b"") -> bytes:
    """A PDF, perhaps with something more in it."""
    return b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n" + inside + b"\ntrailer << >>\n%%EOF\n"


def png(width: int = 2, height: int = 2) -> bytes:
    """A PNG that says it is so large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0\0\0\0\0\0")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content))
        + name
        + content
        + struct.pack(">I", zlib.crc32(name + content))
        for name, content in parts
    )


def jpg(width: int = 2, height: int = 2) -> bytes:
    """A JPG that says it is so large."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    scan = b"\x01\x01\x00\x00\x3f\x00"
    return (
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
        b"\xff\xc0"
        + struct.pack(">H", len(frame) + 2)
        + frame
        + b"\xff\xda"
        + struct.pack(">H", len(scan) + 2)
        + scan
        + b"\x3f\xff\xd9"
    )


def archive(parts: dict[str, bytes]) -> bytes:
    """An archive of named parts."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return kept.getvalue()


def docx() -> bytes:
    """A document."""
    return archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})


def xlsx(more: dict[str, bytes] | None = None) -> bytes:
    """A workbook, perhaps with more parts."""
    parts = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}
    return archive({**parts, **(more or {})})


def lying_archive() -> bytes:
    """A workbook whose directory says that a large part is a small one."""
    large = bytes(60_000_000)
    made = bytearray(xlsx({"xl/media/image1.bin": large}))
    true, lie = struct.pack("<I", len(large)), struct.pack("<I", 1_000)
    for _ in range(made.count(true)):
        place = made.find(true)
        made[place : place + 4] = lie
    return bytes(made)
