"""Keeps the read model of the national page."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import transaction

from duty.models import Round
from engagement import picture
from engagement.models import (
    GroupMap,
    NationalPicture,
    Placement,
    Publication,
    PublishedPlacement,
)
from engagement.queries import drawings
from engagement.queries import national as national_queries
from engagement.queries import pairs as pair_queries
from engagement.queries import placements as placement_queries
from engagement.queries import rubric as rubric_queries
from engagement.queries.reading_versions import labels_of

METHOD_VERSION = 2


def refresh_working(*, at: datetime) -> int:
    """Bring the pictures of all rounds that are worked on up to date."""
    return sum(refresh(round=round, at=at) for round in placement_queries.working_rounds())


@transaction.atomic
def refresh(*, round: Round, at: datetime) -> int:
    """Bring the pictures of a round up to date: the public's where it is approved or published.

    A public picture is made of one revision's placements and of nothing else. That of a revision
    under embargo is drawn before its instant, so that it is there when the instant comes.

    Returns:
        How many pictures changed. A picture that is computed again and is the same is not
        changed; only its time is.
    """
    round = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    if round.is_test:
        return 0
    # Drawn here where it is not yet, so that no visitor waits for it.
    drawings.of_country(on=round.geography_date, at=at)
    shown = placement_queries.newest_publication(round=round)
    waiting = Publication.objects.embargoed().filter(round=round).order_by("-number").first()
    changed = 0
    for publication in filter(None, (shown, waiting)):
        published = placement_queries.published_placements(publication=publication)
        content = _content(round=round, placements=published, publication=publication)
        changed += _store(round=round, publication=publication, content=content, at=at)
    if round in placement_queries.working_rounds():
        working = placement_queries.placements_of_round(round=round)
        content = _content(round=round, placements=working, publication=None)
        return changed + _store(round=round, publication=None, content=content, at=at)
    dropped, _ = NationalPicture.objects.filter(round=round, public=False).delete()
    return changed + dropped


def _content(
    *,
    round: Round,
    placements: tuple[Placement, ...] | tuple[PublishedPlacement, ...],
    publication: Publication | None,
) -> dict[str, Any]:
    group_map = _group_map(round=round, placements=placements)
    groups = [
        picture.PictureGroup(
            code=row.code,
            name=row.name,
            offer=row.offer,
            aimed_at=row.aimed_at,
            note=row.note,
            look=row.look,
        )
        for row in rubric_queries.support_groups(group_map=group_map)
    ]
    cell_groups = {
        (sa.value, icb.value): code
        for (sa, icb), code in rubric_queries.groups_by_cell(group_map=group_map).items()
    }
    types = national_queries.types_on(day=round.geography_date)
    drawn = picture.draw_picture(
        rows=[placement_queries.row_of(placement=each, types=types) for each in placements],
        groups=groups,
        cell_groups=cell_groups,
    )
    return {
        "rows": [picture.row_to_json(row=row) for row in drawn.rows],
        "groups": [
            {
                "code": group.code,
                "name": group.name,
                "offer": group.offer,
                "aimed_at": group.aimed_at,
                "note": group.note,
                "look": group.look,
                "count": drawn.in_group[group.code],
                "of": drawn.assessed,
            }
            for group in groups
        ],
        "cells": [
            {
                "authority_level": cell.authority_level,
                "board_level": cell.board_level,
                "group": cell.group,
                "count": len(cell.rows),
                "pairs": [row.pair for row in cell.rows],
            }
            for cell in drawn.cells
        ],
        "not_assessed": [row.pair for row in drawn.not_assessed],
        "movements": dict(drawn.movements),
        "publication": {
            "number": publication.number,
            "published_at": publication.published_at.isoformat(),
        }
        if publication
        else None,
        "group_map_version": group_map.version,
        "labels": vars(labels_of(group_map=group_map)),
        "rubric_versions": sorted({p.content["rubric_version"] for p in placements}),
        "planned": list(pair_queries.planned_authorities(on=round.geography_date)),
        "slivers": [list(row) for row in pair_queries.slivers(on=round.geography_date)],
    }


def _group_map(
    *,
    round: Round,
    placements: tuple[Placement, ...] | tuple[PublishedPlacement, ...],
) -> GroupMap:
    """Return the map that the placements were made by; the round's own where there are none."""
    if placements:
        version = placements[0].content["group_map_version"]
        return GroupMap.objects.get(version=version)
    return rubric_queries.reading_of(round=round).group_map


def _store(
    *, round: Round, publication: Publication | None, content: dict[str, Any], at: datetime
) -> int:
    canonical = json.dumps([METHOD_VERSION, content], sort_keys=True, separators=(",", ":"))
    input_hash = hashlib.sha256(canonical.encode()).hexdigest()
    public = publication is not None
    same = NationalPicture.objects.filter(
        round=round, public=public, publication=publication, input_hash=input_hash
    )
    if same.update(computed_at=at):
        return 0
    NationalPicture.objects.update_or_create(
        round=round,
        public=public,
        publication=publication,
        defaults={
            "content": content,
            "input_hash": input_hash,
            "method_version": METHOD_VERSION,
            "computed_at": at,
        },
    )
    return 1
