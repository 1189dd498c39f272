"""Files between people and the site: bodies too large to be read, refusals, downloads."""

from collections.abc import Iterator
from typing import Final, Protocol

from django.db.models.fields.files import FieldFile
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from authorities.received_files import body_bytes
from duty.evidence_file import MOST_BYTES, Fault, FileKind

# The form's other fields and the lines around the file need room too.
_MOST_BODY_BYTES: Final = MOST_BYTES + 100_000
# How a refused file is answered; 422 for all other faults.
REFUSAL_STATUS: Final = {
    Fault.TOO_LARGE: 413,
    Fault.KIND: 415,
    Fault.LOCKED: 415,
    Fault.MACROS: 415,
}


class KeptFile(Protocol):
    """A row with a file that a person sent."""

    file: FieldFile
    file_name: str
    kind: str
    size: int


def is_too_large(*, request: HttpRequest) -> bool:
    """Whether a body says that it is larger than any file that is taken."""
    return body_bytes(request) > _MOST_BODY_BYTES


def unread(*, answer: HttpResponse) -> HttpResponse:
    """Return an answer that does not wait for what is still on its way."""
    answer.headers["Connection"] = "close"
    return answer


def is_there(*, kept: KeptFile) -> bool:
    """Whether the file of a row is in the store."""
    return kept.file.storage.exists(str(kept.file.name))


def send_file(*, kept: KeptFile) -> StreamingHttpResponse:
    """Return a kept file as a download that no browser shows and no cache keeps."""
    answer = StreamingHttpResponse(_blocks(kept), content_type=FileKind(kept.kind).media_type)
    answer.headers["Content-Length"] = str(kept.size)
    answer.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=kept.file_name) or "attachment"
    )
    answer.headers["Cache-Control"] = "private, no-store"
    # Should a browser show it after all, nothing in it runs.
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _blocks(kept: KeptFile) -> Iterator[bytes]:
    """Give a file piece by piece; it is open only while somebody reads."""
    with kept.file.open("rb") as opened:
        yield from opened.chunks()
