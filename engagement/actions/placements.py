"""Computes where pairs stand in a round: from moderated findings, else from confirmed own views.

What the centre has not decided yet is a working picture of both sides' own views. Once a national
view is moderated, or a pair is marked not assessed, own views give no level any more.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from authorities.models import Pair
from duty.models import Round
from engagement import content as contents
from engagement import matrix
from engagement.actions import configuration, placed_sides
from engagement.models import Basis, OwnView, Placement, RoundRubric, Side, ViewState
from engagement.queries import assessments as assessment_queries
from engagement.queries import pairs as pair_queries
from engagement.queries import placements as placement_queries
from engagement.queries import rubric as rubric_queries

# Raise it when the same inputs would give another placement: all rows are then computed anew.
METHOD_VERSION = 2


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
    facts = pair_queries.facts_of(pairs=wanted, on=round.geography_date)
    views = _confirmed_views(round=round, pairs=wanted)
    decided = assessment_queries.decided(round=round, pairs=wanted)
    return changed + sum(
        _store(
            pair=pair,
            round=round,
            values=_placed(
                pair=pair,
                round=round,
                rules=rules,
                coded=facts[pair.pk],
                views=views,
                decided=decided.get(pair.pk),
            ),
            at=at,
        )
        for pair in wanted
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


def _confirmed_views(*, round: Round, pairs: Sequence[Pair]) -> dict[tuple[UUID, str], OwnView]:
    rows = OwnView.objects.filter(round=round, pair__in=pairs, state=ViewState.CONFIRMED)
    return {(row.pair_id, row.side): row for row in rows}


def _placed(
    *,
    pair: Pair,
    round: Round,
    rules: _Rules,
    coded: pair_queries.CodedPair,
    views: dict[tuple[UUID, str], OwnView],
    decided: assessment_queries.Decided | None,
) -> dict[str, Any]:
    sides = {
        side: placed_sides.of_decision(decided=decided, side=side, reading=rules.sides)
        if decided is not None
        else placed_sides.of_view(view=views.get((pair.pk, side)), side=side, reading=rules.sides)
        for side in Side.values
    }
    now = matrix.PlacedLevels(
        sa=_level(sides[Side.AUTHORITY].level), icb=_level(sides[Side.BOARD].level)
    )
    place = matrix.place(sa=now.sa, icb=now.icb, group_map=rules.cells)
    earlier = placement_queries.earlier_placement(
        pair=pair,
        round=round,
        predecessors=pair_queries.predecessor_pairs(pair=pair, until=round.geography_date),
    )
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
            as_at=round.geography_date.isoformat(),
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
            earlier=earlier, now=now, pair=pair, round=round, comparable=rules.comparable
        ).value,
        "basis": (Basis.OWN_VIEWS if decided is None else Basis.MODERATED).value,
        "content": contents.to_json(content=content),
    }


def _movement(
    *,
    earlier: placement_queries.Earlier | None,
    now: matrix.PlacedLevels,
    pair: Pair,
    round: Round,
    comparable: frozenset[int],
) -> matrix.Movement:
    if earlier is None:
        return matrix.movement(earlier=None, now=now, restated=False, comparable=True)
    before = earlier.placement
    return matrix.movement(
        earlier=matrix.PlacedLevels(
            sa=_level(before.authority_level), icb=_level(before.board_level)
        ),
        now=now,
        restated=earlier.of_predecessor
        or pair_queries.changed_between(
            pair=pair, after=earlier.round.geography_date, until=round.geography_date
        ),
        comparable=before.content["rubric_version"] in comparable,
    )


def _level(stored: str | None) -> matrix.Level | None:
    return matrix.Level(stored) if stored else None


def _earlier(earlier: placement_queries.Earlier | None) -> contents.EarlierContent | None:
    if earlier is None:
        return None
    return contents.EarlierContent(
        round_slug=earlier.round.slug,
        round_name=earlier.round.name,
        authority_level=earlier.placement.authority_level,
        board_level=earlier.placement.board_level,
    )


def _store(*, pair: Pair, round: Round, values: dict[str, Any], at: datetime) -> int:
    """Write the placement where it differs from the stored one."""
    canonical = json.dumps([METHOD_VERSION, values], sort_keys=True, separators=(",", ":"))
    input_hash = hashlib.sha256(canonical.encode()).hexdigest()
    if Placement.objects.filter(round=round, pair=pair, input_hash=input_hash).exists():
        return 0
    Placement.objects.update_or_create(
        round=round,
        pair=pair,
        defaults={
            **values,
            "input_hash": input_hash,
            "method_version": METHOD_VERSION,
            "computed_at": at,
        },
    )
    return 1
