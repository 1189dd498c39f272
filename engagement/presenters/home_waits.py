"""What waits for whom at one body: rows of the home page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from authorities.models import BodyKind
from duty import words
from duty.deadlines import days_left
from duty.models import Round
from duty.presenters.home import Receipt, ReturnHome
from duty.queries.agreements import AgreementWait
from duty.queries.silent_people import SilentPerson
from engagement.models import Side, ViewState
from engagement.presenters.commitment_lists import counted
from engagement.queries.bodies import Partner
from engagement.queries.body_names import BodyName
from engagement.queries.commitment_filter import OVERDUE
from engagement.queries.commitment_needs import Needs, Target
from engagement.queries.enrolments import EnrolmentFacts
from engagement.queries.finding_replies import NoReplyYet
from engagement.queries.home import Change, PartnerChange
from engagement.queries.home_changes import AnnouncedChange, RoundChange
from engagement.queries.own_views import Unconfirmed
from engagement.queries.peers import LinkFacts
from engagement.queries.support_successions import ToGoOnWith
from outcomes.models import Upload, UploadState
from outcomes.queries.framework_lists import FrameworkWait, WaitKind


@dataclass(frozen=True)
class WaitRow:
    """Something that waits for somebody."""

    title: str
    url: str
    when: str
    note: str = ""


@dataclass(frozen=True)
class BodyFacts:
    """All that is known of one body for its block.

    round: the round that takes own views of the body today, its extension counted; None while none
        does.
    view_due_on: the day on which they are due.
    asked_about: the partners of the round's geography date, of whom it asks a view each; bodies
        may have been reorganised since.
    until: when the reader's role ends, since the body has ended; None for one that lasts.
    targets: commitments with a target date in the next weeks.
    frameworks: what outcomes frameworks ask of the body, and of others.
    agreements: partnership agreements that wait for the body's signature.
    silent: who has never signed in, where the reader is a signatory.
    enrolments, links: support of all bodies of the reader, of which something may still come.
    going_on: support of the reader's bodies that waits to be gone on with after a change.
    findings: what the body has not replied to, and still may.
    extended_views: views that the body may still confirm in closed rounds, by an extension.
    """

    id: UUID
    kind: BodyKind
    name: BodyName
    side: Side
    may_sign: bool
    return_home: ReturnHome | None
    round: Round | None
    partners: tuple[Partner, ...]
    asked_about: tuple[Partner, ...]
    view_states: Mapping[tuple[UUID, str], str]
    needs: Needs
    upload: Upload | None
    changes: tuple[Change, ...]
    partner_changes: tuple[PartnerChange, ...]
    other_names: Mapping[UUID, BodyName]
    until: datetime | None = None
    view_due_on: date | None = None
    round_changes: tuple[RoundChange, ...] = ()
    announced: tuple[AnnouncedChange, ...] = ()
    silent: tuple[SilentPerson, ...] = ()
    receipt: Receipt | None = None
    targets: tuple[Target, ...] = ()
    frameworks: tuple[FrameworkWait, ...] = ()
    agreements: tuple[AgreementWait, ...] = ()
    enrolments: tuple[EnrolmentFacts, ...] = ()
    links: tuple[LinkFacts, ...] = ()
    findings: tuple[NoReplyYet, ...] = ()
    going_on: tuple[ToGoOnWith, ...] = ()
    extended_views: tuple[Unconfirmed, ...] = ()


def return_waits(*, facts: BodyFacts) -> tuple[WaitRow, ...]:
    """What the return asks of the reader."""
    if facts.return_home is None:
        return ()
    return tuple(
        WaitRow(
            title=item.title,
            url=item.url,
            when=f"Since {words.london_short_date(moment=item.since)}" if item.since else "",
            note=item.note,
        )
        for item in facts.return_home.waits
    )


def view_waits(*, facts: BodyFacts) -> tuple[WaitRow, ...]:
    """One row for each pair whose view this side has not confirmed."""
    if facts.round is None:
        return ()
    when = f"Due {words.london_short_date(moment=facts.view_due_on or facts.round.due_on)}"
    rows = []
    for partner in facts.asked_about:
        state = facts.view_states.get((partner.pair_id, facts.side.value))
        if partner.planned or state == ViewState.CONFIRMED:
            continue
        title = f"Your own view of engagement with {partner.body.name}"
        if state is None:
            rows.append(
                WaitRow(
                    title=title,
                    url=pair_url("engagement:own-view", facts=facts, partner=partner),
                    when=when,
                    note="Not started",
                )
            )
        else:
            page = "engagement:own-view-check" if facts.may_sign else "engagement:own-view"
            note = "In draft" if facts.may_sign else "In draft. A signatory confirms it"
            rows.append(
                WaitRow(
                    title=title,
                    url=pair_url(page, facts=facts, partner=partner),
                    when=when,
                    note=note,
                )
            )
    return tuple(rows)


def extended_view_waits(*, facts: BodyFacts) -> tuple[WaitRow, ...]:
    """One row for each view that an extension lets the body confirm in a round that is closed."""
    return tuple(
        WaitRow(
            title="Your own view of engagement with "
            f"{facts.other_names[pair.board_id].name}, {one.round.name}",
            url=reverse("engagement:own-view", args=[pair.authority.slug, pair.board.slug])
            + f"?round={one.round.slug}",
            when=f"Due {words.london_short_date(moment=one.closing.due_on)}",
            note="Not confirmed. Your extension ends after "
            f"{words.london_short_date(moment=one.closing.edits_until)}",
        )
        for one in facts.extended_views
        for pair in one.pairs
    )


def finding_waits(*, facts: BodyFacts, now: datetime) -> tuple[WaitRow, ...]:
    """One row for each finding that the body may still reply to, with the days that are left."""
    rows = []
    for one in facts.findings:
        closes = one.round.reply_closes_on
        if closes is None:
            continue
        left = days_left(closing_date=closes, now=now)
        days = f"{counted(left, 'day', 'days')} left" if left else "Today is the last day"
        rows.append(
            WaitRow(
                title=f"Finding to reply to: with {facts.other_names[one.other_id].name}",
                url=reverse("findings:reply", args=[one.round.slug, *one.slugs]),
                when=f"Until {words.london_short_date(moment=closes)}",
                note=days if facts.may_sign else f"{days}. A signatory replies",
            )
        )
    return tuple(rows)


def commitment_waits(*, facts: BodyFacts) -> tuple[WaitRow, ...]:
    """What commitments ask of the reader."""
    url, needs, rows = commitments_url(facts=facts), facts.needs, []
    if needs.answer and facts.may_sign:
        noun = counted(needs.answer, "commitment", "commitments")
        rows.append(WaitRow(title=f"{noun} to answer", url=url, when=""))
    if needs.reconfirm and facts.may_sign:
        noun = counted(needs.reconfirm, "commitment", "commitments")
        rows.append(WaitRow(title=f"{noun} to confirm again", url=url, when=""))
    if needs.unassigned and facts.may_sign:
        noun = counted(needs.unassigned, "commitment", "commitments")
        rows.append(WaitRow(title=f"{noun} without a pair: choose one", url=url, when=""))
    if needs.update:
        due = facts.round and f"Due {words.london_short_date(moment=facts.round.due_on)}"
        rows.append(
            WaitRow(
                title=f"{counted(needs.update, 'commitment', 'commitments')} to update",
                url=url,
                when=due or "",
                note=f"{needs.nothing} of {needs.agreed} agreed are up to date",
            )
        )
    if needs.overdue:
        rows.append(
            WaitRow(
                title=f"{counted(needs.overdue, 'commitment', 'commitments')} overdue",
                url=f"{url}?flag={OVERDUE}",
                when="",
                note="The date has passed and nobody has asked to close it",
            )
        )
    return tuple(rows)


_FRAMEWORK_WORDS = {
    WaitKind.SIGN: "Outcomes framework “{name}”: sign or decline version {number}",
    WaitKind.ADOPT: "Outcomes framework “{name}”: say whether your organisation stands by it",
    WaitKind.DECLINED: "Outcomes framework “{name}”: version {number} was declined",
    WaitKind.ASSIGN: "Outcomes framework “{name}”: choose who follows an owner that ended",
}
_TO_CONFIRM = "Outcomes framework “{name}”: confirm a baseline that was revised by much"
_FRAMEWORK_WORDS_OF_OTHERS = {
    WaitKind.SIGN: "Outcomes framework “{name}”: your signatory to sign",
    WaitKind.ADOPT: "Outcomes framework “{name}”: your signatory to stand by it",
    WaitKind.ASSIGN: "Outcomes framework “{name}”: your signatory to choose an owner",
    WaitKind.OTHERS: "Outcomes framework “{name}”: the other owners to sign",
}


def framework_waits(*, facts: BodyFacts) -> tuple[WaitRow, ...]:
    """What outcomes frameworks ask of the reader: only a signatory gives the body's word.

    Whoever writes for the body may go on with what was declined.
    """
    signs = [
        one
        for one in facts.frameworks
        if one.kind is WaitKind.DECLINED or (facts.may_sign and one.kind in _FRAMEWORK_WORDS)
    ]
    confirms = [one for one in facts.frameworks if one.kind is WaitKind.CONFIRM]
    return (
        *(_framework_row(wait, _FRAMEWORK_WORDS) for wait in signs),
        *(
            WaitRow(
                title=_TO_CONFIRM.format(name=wait.name),
                url=reverse("progress:framework", args=[wait.framework_id]),
                when="",
            )
            for wait in confirms
        ),
    )


def _framework_row(wait: FrameworkWait, words_of: Mapping[WaitKind, str]) -> WaitRow:
    return WaitRow(
        title=words_of[wait.kind].format(name=wait.name, number=wait.number),
        url=reverse("outcomes:framework-version", args=[wait.framework_id, wait.number]),
        when=f"Since {words.london_short_date(moment=wait.since)}" if wait.since else "",
        note=wait.note,
    )


def agreement_waits(*, facts: BodyFacts) -> tuple[WaitRow, ...]:
    """Partnership agreements that wait for the reader's signature."""
    if not facts.may_sign:
        return ()
    return tuple(
        _agreement_row(wait, "confirm it again" if wait.again else "sign or decline it")
        if facts.side == Side.BOARD
        else _agreement_row(
            wait,
            "sign it again after a change"
            if wait.was_signed
            else "sign it here, so that the ICBs can read and sign it",
        )
        for wait in facts.agreements
    )


def _agreement_row(wait: AgreementWait, what: str) -> WaitRow:
    return WaitRow(
        title=f"Partnership agreement “{wait.title}”: {what}",
        url=reverse("agreements:page", args=[wait.agreement_id]),
        when=f"Since {words.london_short_date(moment=wait.since)}",
    )


def upload_waits(*, facts: BodyFacts) -> tuple[WaitRow, ...]:
    """A file that was refused or stopped, until a newer one is stored."""
    upload = facts.upload
    if upload is None or facts.side == Side.BOARD:
        return ()
    cells = counted(upload.problem_count, "problem", "problems")
    said = {
        UploadState.SETUP_ERRORS: f"Indicator file: {cells} to fix",
        UploadState.BLOCKING_ERRORS: f"Indicator file: {cells} to fix",
        UploadState.NEEDS_CONFIRMING: "Indicator file: give reasons for its warnings",
        UploadState.READY: "Indicator file: say that it may be stored",
        UploadState.REJECTED_FILE: "Indicator file: it could not be read",
        UploadState.FAILED: "Indicator file: stopped by a fault of ours",
    }
    return (
        WaitRow(
            title=said[UploadState(upload.state)],
            url=reverse("outcomes:upload-report", args=[facts.name.slug, upload.pk]),
            when=f"Since {words.london_short_date(moment=upload.uploaded_at)}",
            note="Nothing from this file counts",
        ),
    )


def waits_for_others(*, facts: BodyFacts) -> tuple[WaitRow, ...]:
    """What the reader can only wait for."""
    rows = []
    if facts.return_home and facts.return_home.waits_for_signature and not facts.may_sign:
        rows.append(
            WaitRow(
                title=f"{facts.return_home.round_name} return: your signatory to sign",
                url=facts.return_home.tasks_url,
                when="",
            )
        )
    url = commitments_url(facts=facts)
    if facts.needs.answer and not facts.may_sign:
        noun = counted(facts.needs.answer, "commitment", "commitments")
        rows.append(WaitRow(title=f"{noun}: your signatory to answer", url=url, when=""))
    if facts.needs.reconfirm and not facts.may_sign:
        noun = counted(facts.needs.reconfirm, "commitment", "commitments")
        rows.append(WaitRow(title=f"{noun}: your signatory to confirm again", url=url, when=""))
    if facts.needs.other_answers:
        noun = counted(facts.needs.other_answers, "commitment", "commitments")
        rows.append(WaitRow(title=f"{noun}: the other side to answer", url=url, when=""))
    rows.extend(
        _framework_row(wait, _FRAMEWORK_WORDS_OF_OTHERS)
        for wait in facts.frameworks
        if wait.kind is WaitKind.OTHERS
        or (wait.kind in _FRAMEWORK_WORDS_OF_OTHERS and not facts.may_sign)
    )
    if not facts.may_sign:
        rows.extend(_agreement_row(wait, "your signatory to sign") for wait in facts.agreements)
    other = Side.BOARD if facts.side == Side.AUTHORITY else Side.AUTHORITY
    silent = [
        partner
        for partner in facts.asked_about
        if facts.round is not None
        and not partner.planned
        and facts.view_states.get((partner.pair_id, other.value)) != ViewState.CONFIRMED
    ]
    rows.extend(
        WaitRow(
            title=f"Own view of {partner.body.name}: not confirmed yet",
            url=pair_url("engagement:pair", facts=facts, partner=partner),
            when="",
        )
        for partner in silent
    )
    return tuple(rows)


def commitments_url(*, facts: BodyFacts) -> str:
    """The list of the body's commitments."""
    page = "commitments:board" if facts.side == Side.BOARD else "commitments:authority"
    return reverse(page, args=[facts.name.slug])


def handover_url(*, facts: BodyFacts) -> str:
    """The page of what came to the body by a change of bodies; empty where none of it waits."""
    waits = (
        facts.needs.reconfirm
        or facts.needs.unassigned
        or any(one.kind in (WaitKind.ADOPT, WaitKind.ASSIGN) for one in facts.frameworks)
        or any(one.again for one in facts.agreements)
        or any(facts.id in one.body_ids for one in facts.going_on)
    )
    if not waits:
        return ""
    page = "board" if facts.side == Side.BOARD else "authority"
    return reverse(f"engagement:{page}-handover", args=[facts.name.slug])


def pair_url(page: str, *, facts: BodyFacts, partner: Partner) -> str:
    """A page of the pair of the body and a partner."""
    slugs = [facts.name.slug, partner.body.slug]
    return reverse(page, args=slugs if facts.side == Side.AUTHORITY else slugs[::-1])
