"""The kinds of file that are taken, the limits, and what is said of others."""

from enum import StrEnum

# Source of the limits: the project's own promise on uploads, as for indicator files.
MOST_BYTES = 10_000_000
MOST_BYTES_OF_RETURN = 200_000_000
MOST_FILES_OF_RETURN = 20

ACCEPTED_WORDS = "PDF, DOCX, XLSX, PNG or JPG"


class FileKind(StrEnum):
    """A kind of file that is taken; the value ends its name in the store."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PNG = "png"
    JPG = "jpg"

    @property
    def media_type(self) -> str:
        """What a browser is told that the file is."""
        office = "application/vnd.openxmlformats-officedocument"
        return {
            FileKind.PDF: "application/pdf",
            FileKind.DOCX: f"{office}.wordprocessingml.document",
            FileKind.XLSX: f"{office}.spreadsheetml.sheet",
            FileKind.PNG: "image/png",
            FileKind.JPG: "image/jpeg",
        }[self]


class Fault(StrEnum):
    """Why a file is refused, in one word for the audit and the status of the answer."""

    TOO_LARGE = "too_large"
    EMPTY = "empty"
    KIND = "kind"
    DAMAGED = "damaged"
    LOCKED = "locked"
    MACROS = "macros"
    UNSAFE = "unsafe"


class EvidenceFileError(ValueError):
    """A file cannot be taken; the message says what to do, the fault which rule it breaks."""

    def __init__(self, fault: Fault, message: str) -> None:
        self.fault = fault
        super().__init__(message)
