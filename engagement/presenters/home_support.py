"""What support asks of a body, and where it stands: rows of the home page. None is ever overdue."""

from django.urls import reverse

from duty import words
from engagement.models import EnrolmentState, LinkState
from engagement.presenters.home_waits import BodyFacts, WaitRow

_VOLUNTARY = "Voluntary: accept or decline as you like"


def support_waits(*, facts: BodyFacts) -> tuple[WaitRow, ...]:
    """What a signatory may answer; nobody has to."""
    return _to_answer(facts=facts) if facts.may_sign else ()


def support_for_others(*, facts: BodyFacts) -> tuple[WaitRow, ...]:
    """What the reader's signatory may answer."""
    if facts.may_sign:
        return ()
    return tuple(
        WaitRow(title=f"{row.title}: your signatory to answer", url=row.url, when=row.when)
        for row in _to_answer(facts=facts)
    )


def support_rows(*, facts: BodyFacts) -> tuple[WaitRow, ...]:
    """Where the body stands with its offers and links."""
    return (
        *(
            WaitRow(
                title=one.title,
                url=reverse("support:enrolment", args=[one.id]),
                when=one.state.label,
            )
            for one in facts.enrolments
            if one.body_id == facts.id
        ),
        *(
            WaitRow(
                title=f"{one.ambassador.name} and {one.body.name}",
                url=reverse("support:link", args=[one.id]),
                when=f"Peer link: {one.state.label.lower()}",
            )
            for one in facts.links
            if facts.id in (one.body_id, one.ambassador_id) and one.state == LinkState.ACCEPTED
        ),
    )


def _to_answer(*, facts: BodyFacts) -> tuple[WaitRow, ...]:
    return (
        *(
            WaitRow(
                title=f"Support offered: {one.title}",
                url=reverse("support:enrolment", args=[one.id]),
                when=f"Since {words.london_short_date(moment=one.began_at)}",
                note=_VOLUNTARY,
            )
            for one in facts.enrolments
            if one.body_id == facts.id
            and one.state == EnrolmentState.OFFERED
            and not one.needs_reconfirmation
        ),
        *(
            WaitRow(
                title=f"Peer link proposed with {one.ambassador.name}",
                url=reverse("support:link", args=[one.id]),
                when=f"Since {words.london_short_date(moment=one.proposed_at)}",
                note=_VOLUNTARY,
            )
            for one in facts.links
            if one.body_id == facts.id
            and one.state == LinkState.OFFERED
            and not one.needs_reconfirmation
        ),
        *(
            WaitRow(
                title=f"{'Choose who goes on with' if one.chooses else 'Go on with'}: {one.title}",
                url=reverse(one.url_name, args=[one.id]),
                when="",
                note="After a change of bodies. Voluntary, as before",
            )
            for one in facts.going_on
            if facts.id in one.body_ids
        ),
    )
