"""What the home page shows to people of an authority or an ICB: one block for each body."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse

from authorities.models import BodyKind
from authorities.presenters.people import people_url
from duty import words
from duty.presenters.home import Receipt, ReturnHome
from engagement.models import CommitmentStatus, Side
from engagement.presenters import home_changes, home_support, home_waits
from engagement.presenters.commitment_lists import counted
from engagement.presenters.commitment_words import NO_STATUS, STATUS_TAGS
from engagement.presenters.home_changes import ChangeRow
from engagement.queries.bodies import Partner
from engagement.queries.commitment_needs import Target

DUE_WITHIN = timedelta(weeks=6)
CHANGE_WORDS = {
    "return.start": "started the return",
    "answer.saved": "saved answers of the return",
    "answer.removed": "removed an answer of the return",
    "answer.confirmed": "confirmed answers that were brought over",
    "answers.brought_over": "brought answers over into the return",
    "standing_record.added": "added to the standing records",
    "standing_record.changed": "changed the standing records",
    "standing_record.ended": "ended an entry of the standing records",
    "agreement.signed": "signed a partnership agreement",
    "agreement.declined": "declined a partnership agreement",
    "return.complete_section": "completed a section of the return",
    "return.send_for_sign_off": "sent the return for sign-off",
    "return.decline": "asked for changes before signing the return",
    "return.recall": "took the return back from sign-off",
    "return.sign": "signed the return",
    "return.submit": "submitted the return",
    "return.request_changes": "asked for changes in the return",
    "return.reopen": "opened the return again",
    "return.accept": "accepted the return",
    "return.unaccept": "took the acceptance of the return back",
    "own_view.saved": "saved the own view of engagement",
    "own_view.confirmed": "confirmed the own view of engagement",
    "own_view.reopened": "opened the own view of engagement again",
    "partner_view.saved": "saved the view of the other side’s engagement",
    "partner_view.confirmed": "confirmed the view of the other side’s engagement",
    "partner_view.reopened": "opened the view of the other side’s engagement again",
    "partner_view.released": "released the view of the other side’s engagement",
    "lever.drafted": "drafted a lever",
    "lever.edited": "changed a lever",
    "lever.keep": "put a lever on the list",
    "lever.archive": "archived a lever",
    "lever.bring-back": "brought a lever back",
    "lever.share": "shared a lever",
    "lever.stop-sharing": "stopped sharing a lever",
    "assessment.reply": "replied to a finding of the centre",
    "commitment.proposed": "proposed a commitment",
    "commitments.imported": "proposed the commitments of a file",
    "commitments.import_refused": "sent a file of commitments that could not be read",
    "commitment.confirmed": "confirmed a commitment",
    "commitment.declined": "declined a commitment",
    "commitment.reconfirmed": "confirmed a commitment again",
    "commitment.assigned": "chose the pair that goes on with a commitment",
    "commitment.updated": "gave an update on a commitment",
    "commitment.described": "described a commitment",
    "commitment.owner_named": "said who owns a commitment",
    "commitment.money_stated": "stated money for a commitment",
    "commitment.money_corrected": "corrected money of a commitment",
    "commitment.money_withdrawn": "withdrew money from a commitment",
    "enrolment.asked": "asked for support",
    "enrolment.accept": "accepted support",
    "enrolment.decline": "declined support",
    "enrolment.leave": "left support",
    "ambassador.volunteered": "volunteered as an ambassador",
    "ambassador.withdrawn": "withdrew as an ambassador",
    "peer_link.accept": "accepted a peer link",
    "peer_link.decline": "declined a peer link",
    "framework.started": "began an outcomes framework",
    "framework.edited": "changed the draft of an outcomes framework",
    "framework.edit": "changed a proposed outcomes framework",
    "framework.propose": "proposed an outcomes framework",
    "framework.sign": "signed an outcomes framework",
    "framework.sign_last": "signed an outcomes framework as the last owner",
    "framework.decline": "declined an outcomes framework",
    "framework.discard": "gave up a version of an outcomes framework",
    "framework.propose_change": "began a change to an outcomes framework",
    "baseline.confirmed": "confirmed a revised baseline of an outcomes framework",
    "framework.assign": "chose who goes on with an outcomes framework",
    "framework.end": "ended an outcomes framework",
    "framework.adopt": "said that your organisation stands by an outcomes framework",
    "upload.received": "sent an indicator file",
    "upload.stored": "stored an indicator file",
    "upload.refused": "sent an indicator file that could not be stored",
    "upload.unsafe": "sent an indicator file that could not be stored",
}


@dataclass(frozen=True)
class DueRow:
    """Something with a day in the next six weeks."""

    title: str
    url: str
    when: str
    state: str
    colour: str
    day: date


@dataclass(frozen=True)
class ReturnCard:
    """The return of the open round."""

    title: str
    days: str
    progress: str
    stopped: str
    url: str
    button: str
    tasks_url: str


@dataclass(frozen=True)
class BodyHome:
    """One body's block."""

    key: str
    name: str
    return_card: ReturnCard | None
    round_line: str
    waits: tuple[home_waits.WaitRow, ...]
    others: tuple[home_waits.WaitRow, ...]
    due: tuple[DueRow, ...]
    changes: tuple[ChangeRow, ...]
    partner_lines: tuple[str, ...]
    partners: tuple[home_waits.WaitRow, ...]
    partners_title: str
    silent: tuple[str, ...] = ()
    receipt: Receipt | None = None
    support: tuple[home_waits.WaitRow, ...] = ()
    support_url: str = ""
    people_url: str = ""
    levers_url: str = ""
    handover_url: str = ""


def greeting(*, now: datetime) -> str:
    """Return the greeting for the hour in London."""
    hour = now.astimezone(words.LONDON).hour
    return f"Good {'morning' if hour < 12 else 'afternoon' if hour < 18 else 'evening'}"


def body_home(*, facts: home_waits.BodyFacts, now: datetime) -> BodyHome:
    """Return one body's block."""
    today = now.astimezone(words.LONDON).date()
    views = home_waits.view_waits(facts=facts)
    return BodyHome(
        key=f"{facts.side.value}-{facts.name.slug}",
        name=facts.name.name,
        return_card=_return_card(home=facts.return_home, now=now) if facts.return_home else None,
        round_line=" ".join(filter(None, (_ended_line(facts=facts), _round_line(facts=facts)))),
        waits=(
            *home_waits.return_waits(facts=facts),
            *views,
            *home_waits.extended_view_waits(facts=facts),
            *home_waits.finding_waits(facts=facts, now=now),
            *home_waits.commitment_waits(facts=facts),
            *home_waits.agreement_waits(facts=facts),
            *home_waits.framework_waits(facts=facts),
            *home_waits.upload_waits(facts=facts),
            *home_support.support_waits(facts=facts),
        ),
        others=(
            *home_waits.waits_for_others(facts=facts),
            *home_support.support_for_others(facts=facts),
        ),
        due=_due(facts=facts, views=views, today=today),
        changes=_changes(facts=facts, now=now),
        partner_lines=_partner_lines(facts=facts),
        partners=tuple(_partner_row(facts=facts, partner=one) for one in facts.partners),
        partners_title="Your strategic authorities"
        if facts.side == Side.BOARD
        else "Your integrated care boards",
        silent=_silent(facts=facts),
        receipt=_receipt(facts=facts),
        support=home_support.support_rows(facts=facts),
        support_url=reverse("support:own", args=[facts.id]),
        people_url=people_url(name="people", kind=facts.kind, slug=facts.name.slug),
        handover_url=home_waits.handover_url(facts=facts),
        levers_url=reverse("levers:own", args=[facts.name.slug])
        if facts.side == Side.AUTHORITY
        else "",
    )


def _return_card(*, home: ReturnHome, now: datetime) -> ReturnCard:
    due = words.london_weekday(moment=home.deadline.due_on)
    stopped = ""
    if home.stopped_at is not None:
        who = "You stopped" if home.stopped_at.by_reader else "Your colleagues stopped"
        stopped = (
            f"{who} at “{home.stopped_at.heading}” on "
            f"{words.london_datetime(moment=home.stopped_at.at)}. Everything is saved."
        )
    progress = f"{home.completed} of {home.needed} sections completed."
    if home.sent_back_sections:
        progress += f" {counted(home.sent_back_sections, 'section', 'sections')} sent back."
    return ReturnCard(
        title=f"{home.round_name} return: {home.status.lower()}"
        if home.submitted
        else f"{home.round_name} return: due {due}",
        days="" if home.submitted else home.deadline.left,
        progress=progress,
        stopped=stopped,
        url=home.carry_on_url,
        button=home.carry_on_words,
        tasks_url=home.tasks_url,
    )


def _receipt(*, facts: home_waits.BodyFacts) -> Receipt | None:
    """The last receipt, but where the card's button leads to it."""
    receipt, home = facts.receipt, facts.return_home
    if receipt and home and home.submitted and home.round_slug == receipt.round_slug:
        return None
    return receipt


def _ended_line(*, facts: home_waits.BodyFacts) -> str:
    if facts.until is None:
        return ""
    # The role ends with the day before that instant.
    last = words.london_date(moment=facts.until - timedelta(seconds=1))
    return f"This body has ended. Your role here lasts until {last}, to finish what is open."


def _round_line(*, facts: home_waits.BodyFacts) -> str:
    if facts.round is None:
        # An extension outlives its round, and the card says until when.
        none = "No round is open now. You are told here when the next one opens."
        return "" if facts.return_home else none
    if facts.side == Side.BOARD:
        due = words.london_weekday(moment=facts.round.due_on)
        return f"{facts.round.name} is open until {due}."
    if facts.return_home is None:
        return f"{facts.round.name} is open, and does not ask your authority for a return."
    return ""


def _due(
    *, facts: home_waits.BodyFacts, views: Sequence[home_waits.WaitRow], today: date
) -> tuple[DueRow, ...]:
    rows: list[DueRow] = []
    home, round = facts.return_home, facts.round
    if home is not None and not home.submitted:
        rows.append(
            DueRow(
                title=f"{home.round_name} return",
                url=home.tasks_url,
                when=words.london_short_date(moment=home.deadline.due_on),
                state=home.status,
                colour=home.colour,
                day=home.deadline.due_on,
            )
        )
    if round is not None:
        when = words.london_short_date(moment=round.due_on)
        views_due = facts.view_due_on or round.due_on
        rows.extend(
            DueRow(
                title=row.title,
                url=row.url,
                when=words.london_short_date(moment=views_due),
                state="Not started" if row.note == "Not started" else "In draft",
                colour="grey" if row.note == "Not started" else "teal",
                day=views_due,
            )
            for row in views
        )
        if facts.needs.update:
            rows.append(
                DueRow(
                    title=f"Updates to {counted(facts.needs.agreed, 'commitment', 'commitments')}",
                    url=home_waits.commitments_url(facts=facts),
                    when=when,
                    state=f"{facts.needs.nothing} of {facts.needs.agreed} done",
                    colour="teal",
                    day=round.due_on,
                )
            )
    rows.extend(_target(target) for target in facts.targets)
    return tuple(
        sorted(
            (row for row in rows if today <= row.day <= today + DUE_WITHIN),
            key=lambda row: (row.day, row.title),
        )
    )


def _target(target: Target) -> DueRow:
    state = STATUS_TAGS[CommitmentStatus(target.status)] if target.status else NO_STATUS
    return DueRow(
        title=f"Commitment: {target.title}",
        url=reverse("commitments:detail", args=[target.id]),
        when=words.london_short_date(moment=target.day),
        state=state.text,
        colour=state.colour,
        day=target.day,
    )


def _changes(*, facts: home_waits.BodyFacts, now: datetime) -> tuple[ChangeRow, ...]:
    """The same person doing the same thing again is one line, at its newest time."""
    rows: list[home_changes.TimedRow] = []
    seen: set[tuple[str, str, date]] = set()
    for change in facts.changes:
        key = (change.by, change.action, change.at.astimezone(words.LONDON).date())
        if key in seen:
            continue
        seen.add(key)
        row = ChangeRow(
            who=change.by,
            did=CHANGE_WORDS[change.action],
            when=home_changes.when_words(moment=change.at, now=now),
        )
        rows.append(home_changes.TimedRow(at=change.at, row=row))
    other = (
        BodyKind.INTEGRATED_CARE_BOARD
        if facts.side == Side.AUTHORITY
        else BodyKind.STRATEGIC_AUTHORITY
    )
    bodies = {
        (facts.kind.value, facts.name.slug),
        *((other.value, partner.body.slug) for partner in facts.partners),
    }
    rows += home_changes.rounds_of_body(
        changes=facts.round_changes, body_id=facts.id, side=facts.side, now=now
    )
    rows += home_changes.announced_to_body(changes=facts.announced, bodies=bodies, now=now)
    return home_changes.newest(rows=rows)


def _silent(*, facts: home_waits.BodyFacts) -> tuple[str, ...]:
    """Who has a role and has never signed in, for those who can see to it."""
    return tuple(f"{one.name}, {str(one.role.label).lower()}" for one in facts.silent)


def _partner_lines(*, facts: home_waits.BodyFacts) -> tuple[str, ...]:
    names = facts.other_names
    own = {facts.id, *(partner.body_id for partner in facts.partners)}
    lines = []
    for change in facts.partner_changes:
        if change.body_id not in own or change.body_id not in names:
            continue
        day = words.london_date(moment=change.on_date)
        body, other = names[change.body_id].name, names[change.other_id].name
        lines.append(
            f"{body} becomes part of {other} on {day}."
            if change.kind == "succession"
            else f"{body} is in {other} since {day}. It is still a body of its own."
        )
    lines.extend(
        f"{partner.body.name} is planned and not yet established."
        for partner in facts.partners
        if partner.planned
    )
    return tuple(lines) or ("None is planned.",)


def _partner_row(*, facts: home_waits.BodyFacts, partner: Partner) -> home_waits.WaitRow:
    whose = "your area’s people"
    return home_waits.WaitRow(
        title=partner.body.name,
        url=home_waits.pair_url("engagement:pair", facts=facts, partner=partner),
        when="",
        note=f"{words.percent(share=partner.share)} of {whose}",
    )
