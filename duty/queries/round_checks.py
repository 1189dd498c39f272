"""What the checks of a round find now, and what people have decided about it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from authorities.models import Body, BodyKind, Membership, PairOverlap, Role
from authorities.queries.dated import Names, designations_on, names_on
from authorities.queries.scheduled import announced_endings
from duty.bank_holidays import england
from duty.deadlines import london_date
from duty.models import Declaration, ExpectedReturn, Round, RoundHappening
from duty.round_checks import (
    AskedIndicators,
    BodyStaff,
    Check,
    Finding,
    PairStaff,
    RoundFacts,
    findings,
    undecided,
)
from duty.round_lifecycle import RoundEvent
from outcomes.models import Indicator
from outcomes.queries.set_versions import content_of


@dataclass(frozen=True)
class Decision:
    """What somebody decided: about which findings, and why."""

    at: datetime
    by: str
    reason: str
    found: tuple[Finding, ...]


@dataclass(frozen=True)
class Checked:
    """The checks of a round: what they find, and what of it nobody has decided about."""

    found: tuple[Finding, ...]
    undecided: tuple[Finding, ...]
    decisions: tuple[Decision, ...]


def checked(*, round_: Round) -> Checked:
    """Return what the checks find now; the number of queries does not grow with the round."""
    found = findings(facts=facts_of(round_=round_))
    decisions = decisions_of(round_=round_)
    known = {finding.key for decision in decisions for finding in decision.found}
    return Checked(
        found=found, undecided=undecided(found=found, decided=known), decisions=decisions
    )


def decisions_of(*, round_: Round) -> tuple[Decision, ...]:
    """Return the decisions about the round's checks, newest first."""
    rows = (
        RoundHappening.objects.filter(round=round_, type=RoundEvent.DECIDE.value)
        .select_related("actor")
        .order_by("-at", "-pk")
    )
    return tuple(
        Decision(
            at=row.at,
            by=row.actor.full_name if row.actor else "",
            reason=row.reason,
            found=tuple(finding_of(plain=plain) for plain in row.payload["findings"]),
        )
        for row in rows
    )


def finding_of(*, plain: dict[str, str]) -> Finding:
    """Return a finding as it was stored."""
    return Finding(check=Check(plain["check"]), about=plain["about"], text=plain["text"])


def plain_of(*, finding: Finding) -> dict[str, str]:
    """Return a finding as it is stored."""
    return {"check": finding.check.value, "about": finding.about, "text": finding.text}


def facts_of(*, round_: Round) -> RoundFacts:
    """Return what the checks look at, from nine queries, and one more of a round with a set."""
    authority_ids = list(
        ExpectedReturn.objects.filter(round=round_)
        .order_by("authority__slug", "pk")
        .values_list("authority_id", flat=True)
    )
    overlaps = list(
        PairOverlap.objects.as_at(round_.geography_date)
        .filter(pair__authority_id__in=authority_ids, sliver=False, planned=False)
        .order_by("pair__authority__slug", "pair__board__slug", "pk")
        .values_list("pair__authority_id", "pair__board_id")
    )
    last_day = _last_day(round_)
    ids = [*authority_ids, *(board for _, board in overlaps)]
    staff = _staff(ids, round_.geography_date, last_day)
    holidays = england()
    return RoundFacts(
        first_day=round_.opens_on,
        last_day=last_day,
        authorities=tuple(staff[key] for key in authority_ids),
        pairs=tuple(PairStaff(staff[authority], staff[board]) for authority, board in overlaps),
        specification_version=round_.specification.version,
        specification_published=round_.specification.published_at is not None,
        holidays_from=holidays.first_year,
        holidays_to=holidays.last_year,
        requires_sign_off=round_.requires_sign_off,
        has_declaration=Declaration.objects.exists(),
        has_indicators=Indicator.objects.exists(),
        asked=_asked(round_),
    )


def _asked(round_: Round) -> AskedIndicators | None:
    if round_.indicator_set is None:
        return None
    content = content_of(indicator_set=round_.indicator_set)
    frozen = round_.indicator_set_version
    return AskedIndicators(
        name=content.name,
        in_use=content.in_use,
        number_of_indicators=len(content.indicators),
        unsendable=tuple(sorted({*content.undescribed, *content.unnumbered})),
        moved_on=frozen is not None and frozen.digest != content.digest,
    )


def _last_day(round_: Round) -> date:
    if round_.publish_at is not None:
        return london_date(now=round_.publish_at)
    return round_.reply_closes_on or round_.edits_until


def _staff(ids: list[UUID], day: date, last_day: date) -> dict[UUID, BodyStaff]:
    counts: defaultdict[UUID, dict[str, int]] = defaultdict(dict)
    people: defaultdict[tuple[UUID, str], set[UUID]] = defaultdict(set)
    for body, role, person in (
        Membership.objects.current()
        .filter(body_id__in=ids, role__in=[Role.EDITOR, Role.SIGNATORY])
        .values_list("body_id", "role", "user_id")
    ):
        people[body, role].add(person)
    for (body, role), found in people.items():
        counts[body][role] = len(found)
    names: Names = names_on(day=day, bodies=ids)
    announced = announced_endings(until=last_day)
    designated = designations_on(day=day, authorities=ids)
    return {
        body.pk: BodyStaff(
            key=f"{body.kind}:{body.slug}",
            name=_name(body, names),
            editors=counts[body.pk].get(Role.EDITOR, 0),
            signatories=counts[body.pk].get(Role.SIGNATORY, 0),
            ends_on=body.closed_on or announced.get((body.kind, body.slug)),
            designated=body.kind != BodyKind.STRATEGIC_AUTHORITY or body.pk in designated,
        )
        for body in Body.objects.filter(pk__in=ids)
    }


def _name(body: Body, names: Names) -> str:
    # A board is often called as the authority is, so its short name would not tell them apart.
    if body.kind == BodyKind.INTEGRATED_CARE_BOARD:
        full = names.name(body.pk) or body.slug
        return full.replace("Integrated Care Board", "ICB")
    return names.short_name(body.pk) or names.name(body.pk) or body.slug
