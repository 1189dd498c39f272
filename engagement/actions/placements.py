"""Computes where pairs stand in a round: from moderated findings, else from confirmed own views.

What the centre has not decided yet is a working picture of both sides' own views. Once a national
view is moderated, or a pair is marked not assessed, own views give no level any more.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.text import slugify

from authorities.models import Pair
from duty.models import Round
from engagement import content as contents
from engagement import matrix
from engagement.actions import configuration, placed_sides
from engagement.models import Basis, OwnView, Placement, RoundRubric, Side, ViewState
from engagement.queries import assessments as assessment_queries
from engagement.queries import own_views as view_queries
from engagement.queries import pairs as pair_queries
from engagement.queries import placements as placement_queries
from engagement.queries import rubric as rubric_queries
from engagement.queries.lineages import lineages_of

# Raise it when the same inputs would give another placement: all rows are then computed anew.
METHOD_VERSION = 2
# So many pairs are held in memory at once.
_AT_ONCE = 1_000
# As one JSON text: through the ORM each quotation mark is escaped by itself in Python.
_WRITE = """
    INSERT INTO engagement_placement (
        round_id, pair_id, authority_level, board_level, "group", gap, less_engaged, movement,
        basis, content, input_hash, method_version, computed_at
    )
    SELECT %(round)s, pair_id, authority_level, board_level, "group", gap, less_engaged, movement,
        basis, content, input_hash, %(method)s, %(at)s
    FROM jsonb_to_recordset(%(rows)s::jsonb) AS row (
        pair_id uuid, authority_level text, board_level text, "group" text, gap smallint,
        less_engaged text, movement text, basis text, content jsonb, input_hash text
    )
    ON CONFLICT (round_id, pair_id) DO UPDATE SET
        authority_level = excluded.authority_level, board_level = excluded.board_level,
        "group" = excluded."group", gap = excluded.gap, less_engaged = excluded.less_engaged,
        movement = excluded.movement, basis = excluded.basis, content = excluded.content,
        input_hash = excluded.input_hash, method_version = excluded.method_version,
        computed_at = excluded.computed_at
"""


@dataclass(frozen=True)
class _Rules:
    """What all pairs of a round are read by."""

    frozen: RoundRubric
    cells: dict[tuple[matrix.Level, matrix.Level], str]
    sides: placed_sides.Reading
    # Versions of the rubric by which levels mean the same.
    comparable: frozenset[int]


def recompute(*, pair: Pair, round: Round, at: datetime) -> int:
    """Bring the working placement of a pair in a round up to date.

    Returns:
        How many rows changed: 0 where nothing that counts has changed, and for a round that is
        published, not yet open, or for trying out.
    """
    return _recompute(pairs=[pair], round=round, at=at)


def recompute_pair(*, pair: Pair, at: datetime) -> int:
    """Bring the pair's working placements up to date in every round that is worked on."""
    return sum(
        _recompute(pairs=[pair], round=round, at=at) for round in placement_queries.working_rounds()
    )


def recompute_round(*, round: Round, at: datetime, corrects: bool = False) -> int:
    """Bring all working placements of a round up to date, and drop those of pairs that left.

    `corrects` does so for a round that is published, whose revisions stay as they are.
    """
    expected = pair_queries.expected_pairs(on=round.geography_date)
    held = Placement.objects.filter(round=round).values_list("pair_id", flat=True)
    pairs = Pair.objects.filter(pk__in={*expected, *held}).order_by("pk")
    return _recompute(pairs=list(pairs), round=round, at=at, corrects=corrects)


def recompute_round_pair(*, pair: Pair, round: Round, at: datetime) -> int:
    """Bring the working placement of one pair of a published round up to date, for a correction."""
    return _recompute(pairs=[pair], round=round, at=at, corrects=True)


@transaction.atomic
def _recompute(*, pairs: Sequence[Pair], round: Round, at: datetime, corrects: bool = False) -> int:
    # Held until the end, so that a publication never copies half of a recompute.
    round = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    if not corrects and round not in placement_queries.working_rounds():
        return 0
    expected = set(pair_queries.expected_pairs(on=round.geography_date))
    wanted = [pair for pair in pairs if pair.pk in expected]
    changed, _ = Placement.objects.filter(
        round=round, pair_id__in=[pair.pk for pair in pairs if pair.pk not in expected]
    ).delete()
    if not wanted:
        return changed
    rules = _rules(round=round)
    return changed + sum(
        _store(
            round=round,
            values=_placed(pairs=wanted[begin : begin + _AT_ONCE], round=round, rules=rules),
            at=at,
        )
        for begin in range(0, len(wanted), _AT_ONCE)
    )


def _rules(*, round: Round) -> _Rules:
    frozen = configuration.freeze(round=round)
    return _Rules(
        frozen=frozen,
        cells=dict(rubric_queries.groups_by_cell(group_map=frozen.group_map)),
        sides=placed_sides.Reading(
            rule=rubric_queries.rule_of(rubric=frozen.rubric),
            themes={
                side: rubric_queries.themes_of(rubric=frozen.rubric, side=side)
                for side in Side.values
            },
        ),
        comparable=rubric_queries.comparable_with(rubric=frozen.rubric),
    )


def _placed(*, pairs: Sequence[Pair], round: Round, rules: _Rules) -> dict[UUID, dict[str, Any]]:
    """Return what the placements of some pairs say; queries are as many for one as for all."""
    day = round.geography_date
    facts = pair_queries.facts_of(pairs=pairs, on=day)
    rows = OwnView.objects.filter(round=round, pair__in=pairs, state=ViewState.CONFIRMED)
    views = {(row.pair_id, row.side): row for row in rows}
    picks = view_queries.picks_by_view(views=views.values())
    decided = assessment_queries.decided(round=round, pairs=pairs)
    lineages = lineages_of(pairs=pairs, until=day)
    earlier = placement_queries.earlier_placements(pairs=pairs, round=round, lineages=lineages)
    found = {}
    for pair in pairs:
        before = earlier.get(pair.pk)
        changed = before is not None and (
            before.of_predecessor or lineages.changed(pair=pair, after=before.round.geography_date)
        )
        found[pair.pk] = _values(
            sides={
                side: _side(
                    side=side,
                    view=views.get((pair.pk, side)),
                    picks=picks,
                    decided=decided.get(pair.pk),
                    rules=rules,
                )
                for side in Side.values
            },
            coded=facts[pair.pk],
            earlier=before,
            changed=changed,
            moderated=pair.pk in decided,
            rules=rules,
            on=day,
        )
    return found


def _side(
    *,
    side: str,
    view: OwnView | None,
    picks: Mapping[UUID, Mapping[str, view_queries.Picked]],
    decided: assessment_queries.Decided | None,
    rules: _Rules,
) -> contents.SideContent:
    if decided is not None:
        return placed_sides.of_decision(decided=decided, side=side, reading=rules.sides)
    return placed_sides.of_view(
        view=view,
        picks=picks[view.pk] if view is not None else {},
        side=side,
        reading=rules.sides,
    )


def _values(
    *,
    sides: Mapping[str, contents.SideContent],
    coded: pair_queries.CodedPair,
    earlier: placement_queries.Earlier | None,
    changed: bool,
    moderated: bool,
    rules: _Rules,
    on: date,
) -> dict[str, Any]:
    now = matrix.PlacedLevels(
        sa=_level(sides[Side.AUTHORITY].level), icb=_level(sides[Side.BOARD].level)
    )
    place = matrix.place(sa=now.sa, icb=now.icb, group_map=rules.cells)
    facts = coded.facts
    content = contents.PlacementContent(
        authority=contents.BodyContent(
            slug=facts.authority_slug,
            name=facts.authority_name,
            short_name=facts.authority_short_name,
            ons_code=coded.authority_code,
            ods_code=None,
        ),
        board=contents.BodyContent(
            slug=facts.board_slug,
            name=facts.board_name,
            short_name=facts.board_short_name,
            ons_code=coded.board_ons_code,
            ods_code=coded.board_ods_code,
        ),
        tier=facts.authority_tier or "",
        nhs_region_slug=slugify(facts.nhs_region or ""),
        nhs_region_name=facts.nhs_region or "",
        authority_side=sides[Side.AUTHORITY],
        board_side=sides[Side.BOARD],
        overlap=contents.OverlapContent(
            population=facts.population,
            population_year=facts.population_year,
            share_of_authority=facts.share_of_authority,
            share_of_board=facts.share_of_board,
            coterminosity=facts.coterminosity or "",
            source=facts.source,
            as_at=on.isoformat(),
        ),
        warnings=tuple(
            contents.WarningContent(
                kind=warning.kind.value,
                on=warning.on.isoformat() if warning.on else None,
                cluster=warning.cluster,
            )
            for warning in facts.warnings
        ),
        earlier=_earlier(earlier),
        rubric_version=rules.frozen.rubric.version,
        group_map_version=rules.frozen.group_map.version,
    )
    return {
        "authority_level": now.sa.value if now.sa else None,
        "board_level": now.icb.value if now.icb else None,
        "group": place.group,
        "gap": place.gap,
        "less_engaged": place.less_engaged.value if place.less_engaged else None,
        "movement": _movement(
            earlier=earlier, now=now, restated=changed, comparable=rules.comparable
        ).value,
        "basis": (Basis.MODERATED if moderated else Basis.OWN_VIEWS).value,
        "content": contents.to_json(content=content),
    }


def _movement(
    *,
    earlier: placement_queries.Earlier | None,
    now: matrix.PlacedLevels,
    restated: bool,
    comparable: frozenset[int],
) -> matrix.Movement:
    if earlier is None:
        return matrix.movement(earlier=None, now=now, restated=False, comparable=True)
    return matrix.movement(
        earlier=matrix.PlacedLevels(
            sa=_level(earlier.authority_level), icb=_level(earlier.board_level)
        ),
        now=now,
        restated=restated,
        comparable=earlier.rubric_version in comparable,
    )


def _level(stored: str | None) -> matrix.Level | None:
    return matrix.Level(stored) if stored else None


def _earlier(earlier: placement_queries.Earlier | None) -> contents.EarlierContent | None:
    if earlier is None:
        return None
    return contents.EarlierContent(
        round_slug=earlier.round.slug,
        round_name=earlier.round.name,
        authority_level=earlier.authority_level,
        board_level=earlier.board_level,
    )


def _store(*, round: Round, values: Mapping[UUID, dict[str, Any]], at: datetime) -> int:
    """Write the placements that differ from the stored ones, and return how many."""
    stored = dict(
        Placement.objects.filter(round=round, pair_id__in=list(values)).values_list(
            "pair_id", "input_hash"
        )
    )
    changed = [
        {**said, "pair_id": str(pair), "input_hash": now}
        for pair, said in values.items()
        if (now := _input_hash(said)) != stored.get(pair)
    ]
    if changed:
        with connection.cursor() as cursor:
            cursor.execute(
                _WRITE,
                {
                    "rows": json.dumps(changed),
                    "round": round.pk,
                    "method": METHOD_VERSION,
                    "at": at,
                },
            )
    return len(changed)


def _input_hash(values: Mapping[str, Any]) -> str:
    canonical = json.dumps([METHOD_VERSION, values], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
