"""What ICBs have confirmed, in words; the seam is `duty/presenters/board_signatures.py`."""

from collections.abc import Mapping
from uuid import UUID

from duty import words
from engagement.presenters.commitment_lists import counted
from engagement.queries.board_signatures import Confirmed, confirmed_by_boards


def lines_of(*, authority_id: UUID, boards: Mapping[str, str]) -> tuple[str, ...]:
    """Return a line for each board, in their order; one query."""
    known = confirmed_by_boards(authority_id=authority_id, boards=list(boards))
    return tuple(f"{name}: {_words(known.get(slug))}" for slug, name in boards.items())


def _words(found: Confirmed | None) -> str:
    if found is None:
        return "no joint commitments"
    noun = "joint commitment" if found.commitments == 1 else "joint commitments"
    parts = [f"{found.confirmed} of {found.commitments} {noun} confirmed"]
    if found.awaits_board and found.asked_at:
        since = words.london_date(moment=found.asked_at)
        verb = "awaits" if found.awaits_board == 1 else "await"
        parts.append(f"{found.awaits_board} {verb} its answer since {since}")
    if found.awaits_authority:
        verb = "awaits" if found.awaits_authority == 1 else "await"
        parts.append(f"{found.awaits_authority} {verb} the authority’s answer")
    if found.again:
        noun = counted(found.again, "is", "are")
        parts.append(f"{noun} to be confirmed again by it")
    return ", ".join(parts)
