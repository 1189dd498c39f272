"""What the page for sending and signing shows."""

from dataclasses import dataclass
from datetime import datetime

from authorities.models import User
from duty.lifecycle import ReturnState
from duty.models import Declaration
from duty.presenters.addresses import ReturnAddresses
from duty.presenters.progress import (
    RETURN_WORDS,
    SENT,
    Deadline,
    LockNotice,
    deadline_of,
    differences_url,
    lock_of,
)
from duty.presenters.tasks import FLOOR_WORDS
from duty.queries.loaded import LoadedReturn
from duty.queries.returns import People
from duty.queries.standing import Standing


@dataclass(frozen=True)
class SignSection:
    """A section as a signatory is asked to sign it."""

    code: str
    title: str
    floor: str
    answered: int
    asked: int
    gaps_reason: str
    url: str


@dataclass(frozen=True)
class SignOffPage:
    """Sending a return, or signing it."""

    round_name: str
    authority_name: str
    status: str
    colour: str
    ready: bool
    waiting: bool
    submitted: bool
    requires_sign_off: bool
    signatories: tuple[str, ...]
    declaration: str
    sections: tuple[SignSection, ...]
    completed: int
    needed: int
    deadline: Deadline
    late: bool
    lock: LockNotice | None
    # Nobody else wrote a word: a second pair of eyes is better where there is one.
    wrote_it_all: bool
    differences_url: str
    addresses: ReturnAddresses


def sign_off_page(
    *,
    loaded: LoadedReturn,
    standing: Standing,
    people: People,
    declaration: Declaration | None,
    person: User,
    now: datetime,
) -> SignOffPage:
    """Return what the page shows to a person of the authority."""
    addresses = ReturnAddresses(loaded.round.slug, loaded.authority.slug)
    words, colour = RETURN_WORDS[standing.state]
    writers = {one.row.updated_by_id for one in loaded.answers.values()}
    return SignOffPage(
        round_name=loaded.round.name,
        authority_name=loaded.facts.name,
        status=words,
        colour=colour,
        ready=standing.state == ReturnState.READY,
        waiting=standing.state == ReturnState.AWAITING_SIGN_OFF,
        submitted=standing.state in SENT,
        requires_sign_off=loaded.round.requires_sign_off,
        signatories=people.signatories,
        declaration=declaration.text if declaration else "",
        sections=tuple(
            SignSection(
                code=judgement.code,
                title=loaded.title(judgement.code),
                floor=FLOOR_WORDS[judgement.floor],
                answered=judgement.answered,
                asked=judgement.asked,
                gaps_reason=loaded.gaps_reason(judgement.code),
                url=addresses.section_check(judgement.code),
            )
            for judgement in standing.judgements.values()
            if judgement.has_questions
        ),
        completed=len(standing.completed),
        needed=len(standing.needed),
        deadline=deadline_of(closing=loaded.closing, now=now),
        late=loaded.closing.is_late(now=now),
        lock=lock_of(loaded=loaded, standing=standing, people=people, now=now),
        wrote_it_all=writers == {person.pk} and len(people.signatories) > 1,
        differences_url=differences_url(loaded=loaded, standing=standing, addresses=addresses),
        addresses=addresses,
    )
