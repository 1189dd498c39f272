"""What a file is: by its name and by what it holds, which must agree."""

import re

from duty.evidence_file.images import JPG_START, PNG_START, check_jpg, check_png
from duty.evidence_file.kinds import (
    ACCEPTED_WORDS,
    MOST_BYTES,
    EvidenceFileError,
    Fault,
    FileKind,
)
from duty.evidence_file.office import ZIP_START, infected, macros, office_kind

_BY_ENDING = {kind.value: kind for kind in FileKind} | {"jpeg": FileKind.JPG}
_WITH_MACROS = frozenset({"docm", "dotm", "xlsm", "xltm", "xlsb", "xlam"})
# Named before the last ending, these only mislead whoever opens the file.
_PROGRAMS = frozenset(
    {
        *("bat", "cmd", "com", "cpl", "dll", "exe", "hta", "htm", "html", "jar", "js", "jse"),
        *("lnk", "msi", "php", "pif", "ps1", "reg", "scr", "sh", "svg", "vbe", "vbs", "wsf"),
    }
)
_PDF_START = b"%PDF-"
# Old Office files, and new ones with a password.
_OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_LOCKED = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
# The harmless text that every virus check must find, in two halves so that this file is none.
_TEST_VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def check_evidence_file(*, content: bytes, name: str) -> FileKind:
    """Return the kind of a file that may be kept as evidence.

    Args:
        content: the whole file; the caller has refused what is larger than `MOST_BYTES`.
        name: the person's own name for it, without folders.

    Raises:
        EvidenceFileError: it may not be kept; nothing of it was decoded or unpacked to disk.

    Source: the project's own rule, after OWASP, File Upload Cheat Sheet.
    """
    if not content:
        raise EvidenceFileError(Fault.EMPTY, "The file is empty. Choose another file.")
    if len(content) > MOST_BYTES:
        raise too_large()
    if _is_infected(content):
        raise infected()
    named = _kind_by_name(name)
    held = _kind_by_content(content)
    if named is not held:
        raise EvidenceFileError(
            Fault.KIND,
            f"The file is named .{named.value} but holds a {held.name}. Save it again under its "
            "own ending.",
        )
    return held


def too_large() -> EvidenceFileError:
    """Return the refusal of a file over the limit."""
    return EvidenceFileError(
        Fault.TOO_LARGE,
        f"The file is larger than {MOST_BYTES // 1_000_000} MB. Send the pages that matter, or "
        "link to it.",
    )


def _is_infected(piece: bytes) -> bool:
    return _TEST_VIRUS in piece


def _kind_by_name(name: str) -> FileKind:
    *before, ending = name.lower().split(".")
    if ending in _WITH_MACROS:
        raise macros()
    kind = _BY_ENDING.get(ending.strip()) if before else None
    if kind is None or any(one.strip() in _PROGRAMS for one in before[1:]):
        raise _other_kind()
    return kind


def _kind_by_content(content: bytes) -> FileKind:
    if content.startswith(_PDF_START):
        _check_pdf(content)
        return FileKind.PDF
    if content.startswith(PNG_START):
        check_png(content=content)
        return FileKind.PNG
    if content.startswith(JPG_START):
        check_jpg(content=content)
        return FileKind.JPG
    if content.startswith(ZIP_START):
        return office_kind(content=content, is_infected=_is_infected)
    if content.startswith(_OLE_START):
        raise EvidenceFileError(
            Fault.LOCKED,
            "The file has a password, or is of an old kind. Remove the password and save it as "
            ".docx or .xlsx.",
        )
    raise _other_kind()


def _check_pdf(content: bytes) -> None:
    if b"%%EOF" not in content[-2048:]:
        raise EvidenceFileError(
            Fault.DAMAGED, "The PDF is cut short. Save it again, and choose the new file."
        )
    if _PDF_LOCKED.search(content):
        raise EvidenceFileError(
            Fault.LOCKED, "The PDF has a password. Save it without one, and choose it again."
        )


def _other_kind() -> EvidenceFileError:
    return EvidenceFileError(Fault.KIND, f"Choose a {ACCEPTED_WORDS} file.")
