"""What the national page asks: which rounds may be shown, and the picture of one."""

from dataclasses import dataclass

from duty.models import Round
from engagement.models import NationalPicture, Publication
from engagement.queries import placements


@dataclass(frozen=True)
class ShownRound:
    """A round that somebody may see, as published or as work that goes on."""

    round: Round
    working: bool


def rounds_to_show(*, working_too: bool) -> tuple[ShownRound, ...]:
    """Return the published rounds, the latest first, then those that are worked on."""
    published = tuple(
        ShownRound(round=each, working=False) for each in placements.published_rounds()
    )
    if not working_too:
        return published
    return published + tuple(
        ShownRound(round=each, working=True) for each in placements.working_rounds()
    )


def picture_of(*, shown: ShownRound) -> NationalPicture | None:
    """Return the picture of a round, None where no job has drawn it yet."""
    pictures = NationalPicture.objects.filter(round=shown.round)
    if shown.working:
        return pictures.filter(public=False).first()
    # That of a revision under embargo is drawn already, and is not shown before its instant.
    return pictures.filter(publication__in=Publication.objects.current()).first()
