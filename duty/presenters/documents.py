"""What pages say of files of returns: the document of a submission, and the answers as tables."""

from dataclasses import dataclass

from django.urls import reverse

from duty.models import DocumentState, ReturnDocument
from duty.ui.components import Download


@dataclass(frozen=True)
class DocumentNote:
    """A document to take away, or how far it is."""

    is_waiting: bool
    is_failed: bool
    reference: str
    downloads: tuple[Download, ...]


def document_note(
    *,
    document: ReturnDocument | None,
    url: str,
    reference: str,
) -> DocumentNote:
    """Return what a page says of the document of a submission; without one it is being made.

    Args:
        document: as `duty.queries.documents.document_of` has it.
        url: where the reader of the page takes it from.
        reference: of the submission.
    """
    state = document.state if document else DocumentState.WAITING
    made = document if state == DocumentState.MADE else None
    return DocumentNote(
        is_waiting=state == DocumentState.WAITING,
        is_failed=state == DocumentState.FAILED,
        reference=reference,
        downloads=(Download("The return as submitted", url, "PDF", made.size),) if made else (),
    )


def document_url(*, round_slug: str, authority_slug: str, number: int) -> str:
    """Return where an authority's people and the centre take the document of a submission from."""
    return reverse("duty:return-pdf", args=[round_slug, authority_slug, number])


def round_downloads(*, round_slug: str) -> tuple[Download, ...]:
    """Return the files of a round's answers."""
    files = (
        ("Answers, evidence and data dictionary", "answers-xlsx", "XLSX"),
        ("Answers, one a row", "answers-csv", "CSV"),
        ("Answers, one authority a row", "answers-wide-csv", "CSV"),
        ("Evidence", "evidence-csv", "CSV"),
        ("Data dictionary", "dictionary-csv", "CSV"),
    )
    return tuple(
        Download(label, reverse(f"rounds:{name}", args=[round_slug]), kind)
        for label, name, kind in files
    )


def return_downloads(*, round_slug: str, authority_slug: str) -> tuple[Download, ...]:
    """Return the files of an authority's own answers, for its own people."""
    files = (
        ("Your answers, evidence and data dictionary", "return-answers-xlsx", "XLSX"),
        ("Your answers, one a row", "return-answers-csv", "CSV"),
    )
    return tuple(
        Download(label, reverse(f"duty:{name}", args=[round_slug, authority_slug]), kind)
        for label, name, kind in files
    )
