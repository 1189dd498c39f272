"""What the page of a body says of changes that are announced, and of what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from authorities.presenters.reorganisations.words import joined
from authorities.presenters.tables import Link, body_address
from authorities.presenters.words import day_text, share_text
from authorities.queries import BodyHistory
from authorities.reorganisation.differences import ENDS


@dataclass(frozen=True)
class ChangeNotice:
    """A sentence or two, with links to the bodies that they name."""

    text: str
    links: tuple[Link, ...] = ()


def change_notices(*, history: BodyHistory, noun: str, now: date) -> tuple[ChangeNotice, ...]:
    """Return what is announced for a body, and who took over once it has closed.

    Args:
        history: what is on record and what is scheduled.
        noun: what the body is called: board, authority.
        now: the day on which somebody looks.
    """
    notices = [
        ChangeNotice(
            f"This {noun} is part of a change on {day_text(day=change.on)}. "
            + " ".join(_sentence(text, change.heirs) for text in change.texts)
        )
        for change in history.announced
        if change.on > now
    ]
    closed_on = history.closed_on
    heirs = [row for row in history.kin if not row.before and row.on_date == closed_on]
    if closed_on is not None and closed_on <= now and heirs:
        notices.append(
            ChangeNotice(
                text=f"Its people went to its successors on {day_text(day=closed_on)}:",
                links=tuple(
                    Link(
                        label=row.name
                        if row.share is None
                        else f"{row.name} ({share_text(share=row.share)})",
                        url=body_address(kind=row.kind, slug=row.slug),
                    )
                    for row in heirs
                ),
            )
        )
    return tuple(notices)


def _sentence(text: str, heirs: Sequence[str]) -> str:
    """Return a text of the preview as a sentence about the body."""
    said = f"It {text[:1].lower()}{text[1:]}"
    if text != ENDS or not heirs:
        return f"{said}."
    return f"{said}, and {joined(heirs)} {'takes' if len(heirs) == 1 else 'take'} over."
