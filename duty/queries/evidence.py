"""Files behind answers: which of them a reader may have."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from authorities.models import StrategicAuthority
from duty.models import Evidence, EvidenceFile, Round, Submission


def evidence_in(*, content: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Give every piece of evidence of a snapshot."""
    for section in content["sections"]:
        for question in section["questions"]:
            for answer in question["answers"]:
                yield from answer["evidence"]


def file_of(
    *, round_: Round, authority: StrategicAuthority, file_id: UUID, drafts: bool
) -> EvidenceFile | None:
    """Return a file of the authority's return in the round; None where there is none to read.

    Args:
        round_: the round.
        authority: whose return it is.
        file_id: the file's key.
        drafts: whether the reader may see what was not submitted.
    """
    drafted = (
        drafts
        and Evidence.objects.filter(
            answer__duty_return__round=round_,
            answer__duty_return__authority=authority,
            file_id=file_id,
        ).exists()
    )
    if not drafted and not _submitted(round_, authority, file_id):
        return None
    return EvidenceFile.objects.select_related("duty_return__authority").filter(pk=file_id).first()


def _submitted(round_: Round, authority: StrategicAuthority, file_id: UUID) -> bool:
    contents = Submission.objects.filter(
        duty_return__round=round_, duty_return__authority=authority
    ).values_list("content", flat=True)
    # Only what stands as evidence counts: somebody may write the key of a file into a note.
    return any(
        one.get("file") == str(file_id)
        for content in contents
        for one in evidence_in(content=content)
    )
