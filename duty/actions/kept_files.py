"""Reads a file that a person sends to be kept: evidence of an answer, document of an agreement."""

from hashlib import sha256
from typing import NamedTuple

from django.core.files.base import File

from duty.actions.evidence_scan import refuse_if_infected
from duty.evidence_file import MOST_BYTES, FileKind, check_evidence_file


class ReadFile(NamedTuple):
    """A file that may be kept: its bytes, what it holds, and its SHA-256 in hexadecimal."""

    content: bytes
    kind: FileKind
    sha256: str


def read_file(*, file: "File[bytes]", name: str) -> ReadFile:
    """Return what a file holds, if it may be kept.

    Raises:
        EvidenceFileError: it is too large, of no kind that is taken, unsafe, or not readable.
    """
    file.seek(0)
    content = file.read(MOST_BYTES + 1)
    kind = check_evidence_file(content=content, name=name)
    refuse_if_infected(content=content)
    return ReadFile(content, kind, sha256(content).hexdigest())
