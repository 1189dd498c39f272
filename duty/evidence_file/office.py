"""Documents and workbooks: zip archives, judged by their directory before anything is unpacked."""

import io
import zipfile
import zlib
from collections.abc import Callable

from duty.evidence_file.kinds import EvidenceFileError, Fault, FileKind

ZIP_START = b"PK\x03\x04"
# Limits of the project's own promise on uploads: 50 MB unpacked, 100 times the size.
MOST_UNPACKED = 50_000_000
MOST_RATIO = 100
MOST_PARTS = 5_000
_BLOCK = 64 * 1024
# So much of each block stands before the next, so that nothing hides across a border.
_OVERLAP = 200

_MAIN_PARTS = {FileKind.DOCX: "word/document.xml", FileKind.XLSX: "xl/workbook.xml"}
_TYPES = "[Content_Types].xml"
# A part that declares entities of its own can grow without end, or name files of the reader's.
_DECLARATIONS = tuple(
    word.encode(coding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for coding in ("ascii", "utf-16-le", "utf-16-be")
)


def office_kind(*, content: bytes, is_infected: Callable[[bytes], bool]) -> FileKind:
    """Return which kind of document an archive is.

    Args:
        content: the whole file; it begins as an archive does.
        is_infected: whether a piece of it holds what a virus check must find.

    Raises:
        EvidenceFileError: it is neither, damaged, locked, has macros or is unsafe.

    Source: ECMA-376 part 2 (Open Packaging Conventions).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _check_directory(parts, len(content))
            kind = _kind(parts)
            _check_parts(archive, parts, is_infected)
            return kind
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise _damaged() from error


def _check_directory(parts: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * size:
        raise _bomb()
    if any(part.flag_bits & 0x1 for part in parts):
        raise EvidenceFileError(
            Fault.LOCKED, "The file has a password. Remove the password, and choose it again."
        )
    if any(_leads_out(part.filename) for part in parts):
        raise EvidenceFileError(
            Fault.UNSAFE, "This is not a document or a workbook. Save it again from Word or Excel."
        )


def _leads_out(name: str) -> bool:
    steps = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in steps or ":" in steps[0]


def _kind(parts: list[zipfile.ZipInfo]) -> FileKind:
    names = {part.filename for part in parts}
    if any(
        name.lower().endswith("vbaproject.bin") or name.startswith("xl/macrosheets/")
        for name in names
    ):
        raise macros()
    found = [kind for kind, main in _MAIN_PARTS.items() if main in names]
    if _TYPES not in names or len(found) != 1:
        raise EvidenceFileError(
            Fault.KIND, "This is not a document or a workbook. Save it again from Word or Excel."
        )
    return found[0]


def _check_parts(
    archive: zipfile.ZipFile,
    parts: list[zipfile.ZipInfo],
    is_infected: Callable[[bytes], bool],
) -> None:
    """Unpack block by block and keep none: what the directory says may be a lie."""
    total = 0
    for part in parts:
        is_markup = part.filename.lower().endswith((".xml", ".rels", ".vml"))
        tail = b""
        with archive.open(part) as stream:
            while block := stream.read(_BLOCK):
                total += len(block)
                if total > MOST_UNPACKED:
                    raise _bomb()
                piece = tail + block
                if is_infected(piece):
                    raise infected()
                if is_markup and any(word in piece for word in _DECLARATIONS):
                    raise EvidenceFileError(
                        Fault.UNSAFE,
                        "We could not read this file. Save it again from Word or Excel.",
                    )
                if part.filename == _TYPES and b"macroEnabled" in piece:
                    raise macros()
                tail = piece[-_OVERLAP:]


def macros() -> EvidenceFileError:
    """Return the refusal of a file with macros."""
    return EvidenceFileError(
        Fault.MACROS, "The file has macros. Save it as .docx or .xlsx without macros."
    )


def infected() -> EvidenceFileError:
    """Return the refusal of a file in which a virus check found something."""
    return EvidenceFileError(
        Fault.UNSAFE, "The file failed our virus check. It was not kept. Check your computer."
    )


def _bomb() -> EvidenceFileError:
    return EvidenceFileError(
        Fault.TOO_LARGE,
        "The file is too large when it is unpacked. Save it again, or send it as a PDF.",
    )


def _damaged() -> EvidenceFileError:
    return EvidenceFileError(
        Fault.DAMAGED, "The file is damaged. Save it again, and choose the new file."
    )
