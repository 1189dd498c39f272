"""What the page of a body after a change of bodies shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from duty import words
from engagement.queries.handovers import Ask, Inherited, Noun, ToFinish

COMMITMENTS, FRAMEWORKS, SUPPORT = "Joint commitments", "Outcomes frameworks", "Support"
AGREEMENTS = "Partnership agreements"
FINISH = "To finish of the body before"
_KINDS = {
    Noun.COMMITMENT: COMMITMENTS,
    Noun.FRAMEWORK: FRAMEWORKS,
    Noun.AGREEMENT: AGREEMENTS,
    Noun.ENROLMENT: SUPPORT,
    Noun.LINK: SUPPORT,
}
# What a signatory does, as the text of its link, and what others read.
_ASKS = {
    Ask.CONFIRM_AGAIN: ("Confirm it again", "A signatory of your organisation confirms it again"),
    Ask.ANSWER: ("Confirm or decline it", "A signatory of your organisation confirms or declines"),
    Ask.CHOOSE_PAIR: (
        "Choose the pair that goes on with it",
        "A signatory of your organisation, or of another that took over, chooses the pair",
    ),
    Ask.STAND_BY: (
        "Stand by it, or propose a change",
        "A signatory of your organisation says whether it stands by it",
    ),
    Ask.CHOOSE_OWNER: (
        "Choose who follows an owner that ended",
        "A signatory of the authority chooses who follows an owner that ended",
    ),
    Ask.GO_ON: (
        "Say whether you go on with it",
        "Voluntary: a signatory of your organisation says whether you go on with it",
    ),
    Ask.GO_ON_WITH_ONE: (
        "Choose the pair that goes on with it",
        "Voluntary: a signatory of your organisation chooses the pair that goes on with it",
    ),
}
_DONE = {
    Noun.COMMITMENT: "Confirmed again",
    Noun.FRAMEWORK: "Your organisation stands by it",
    Noun.AGREEMENT: "Confirmed again",
    Noun.ENROLMENT: "Your organisation goes on with it",
    Noun.LINK: "Your organisation goes on with it",
}


@dataclass(frozen=True)
class HandoverRow:
    """One thing. kind: the heading that it stands under; url: of the thing, or of what to do."""

    kind: str
    title: str
    came: str
    what: str
    url: str


@dataclass(frozen=True)
class Before:
    """A body that was before this one, of which the reader keeps a role; key is its home block."""

    id: UUID
    name: str
    key: str


def waiting(*, rows: Iterable[Inherited], signs: bool) -> list[HandoverRow]:
    """Return what waits for the body's word, with where a signatory gives it."""
    found = []
    for row in rows:
        if row.ask is None:
            continue
        act, others = _ASKS[row.ask]
        found.append(
            HandoverRow(
                kind=_KINDS[row.noun],
                title=row.title,
                came=_came(row),
                what=act if signs else others,
                url=_ask_url(row) if signs else "",
            )
        )
    return found


def finishing(
    *, found: ToFinish, before: Mapping[UUID, Before], names: Mapping[UUID, str]
) -> list[HandoverRow]:
    """Return what the reader may finish for bodies before this one, and until when."""
    rows = [
        HandoverRow(
            kind=FINISH,
            title=f"{one.round.name} return of {before[one.authority_id].name}",
            came="",
            what=f"Finish it by {words.london_date(moment=one.edits_until)}",
            url=reverse("duty:return-tasks", args=[one.round.slug, one.authority_slug]),
        )
        for one in found.returns
    ]
    rows += [
        HandoverRow(
            kind=FINISH,
            title=f"{one.round.name} own views of {before[one.body_id].name}",
            came="",
            what=f"Finish them by {words.london_date(moment=one.until)}",
            url=f"{reverse('home')}#{before[one.body_id].key}",
        )
        for one in found.views
    ]
    rows += [
        HandoverRow(
            kind=FINISH,
            title=f"{one.round.name} finding of {before[one.body_id].name} with "
            f"{names.get(one.other_id, '')}",
            came="",
            what=f"Reply by {words.london_date(moment=one.round.reply_closes_on)}",
            url=reverse("findings:reply", args=[one.round.slug, *one.slugs]),
        )
        for one in found.replies
        if one.round.reply_closes_on is not None
    ]
    return rows


def settled(*, rows: Iterable[Inherited]) -> list[HandoverRow]:
    """Return what came over and of which the body has said what becomes of it."""
    return [
        HandoverRow(
            kind=_KINDS[row.noun],
            title=row.title,
            came=_came(row),
            what=f"{_DONE[row.noun]}. The other side has yet to"
            if row.waits_for_other
            else _DONE[row.noun],
            url=_thing_url(row),
        )
        for row in rows
        if row.ask is None
    ]


def _came(row: Inherited) -> str:
    if not row.origin or row.on is None:
        return "Came by a change of bodies"
    return f"From {row.origin}, on {words.london_date(moment=row.on)}"


def _ask_url(row: Inherited) -> str:
    pages = {
        Ask.CONFIRM_AGAIN: "commitments:reconfirm",
        Ask.ANSWER: "commitments:confirm",
        Ask.CHOOSE_PAIR: "commitments:assign",
    }
    if row.noun is Noun.AGREEMENT:
        return reverse("agreements:sign", args=[row.id])
    if row.ask in pages:
        return reverse(pages[row.ask], args=[row.id])
    if row.noun is Noun.FRAMEWORK:
        return _thing_url(row)
    page = "enrolment" if row.noun is Noun.ENROLMENT else "link"
    return reverse(f"support:{page}-go-on", args=[row.id])


def _thing_url(row: Inherited) -> str:
    if row.noun is Noun.FRAMEWORK:
        return reverse("outcomes:framework-version", args=[row.id, row.number])
    if row.noun is Noun.AGREEMENT:
        return reverse("agreements:page", args=[row.id])
    if row.noun is Noun.COMMITMENT:
        return reverse("commitments:detail", args=[row.id])
    page = "enrolment" if row.noun is Noun.ENROLMENT else "link"
    return reverse(f"support:{page}", args=[row.id])
