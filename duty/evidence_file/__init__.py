"""Files that stand behind answers: which are taken, decided by what they hold (pure: no Django)."""

from duty.evidence_file.kinds import (
    ACCEPTED_WORDS,
    MOST_BYTES,
    MOST_BYTES_OF_RETURN,
    MOST_FILES_OF_RETURN,
    EvidenceFileError,
    Fault,
    FileKind,
)
from duty.evidence_file.reading import check_evidence_file, too_large

__all__ = [
    "ACCEPTED_WORDS",
    "MOST_BYTES",
    "MOST_BYTES_OF_RETURN",
    "MOST_FILES_OF_RETURN",
    "EvidenceFileError",
    "Fault",
    "FileKind",
    "check_evidence_file",
    "too_large",
]
