"""Keeps the read model of the national page.

A picture is known by what it is made from: the keys and hashes of its placements, and what the
round is read by. Where that is the same nothing is drawn; where few pairs changed, their rows alone
are.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from duty.models import Round
from engagement import picture
from engagement.models import (
    GroupMap,
    NationalPicture,
    Placement,
    Publication,
    PublishedPlacement,
)
from engagement.queries import drawings, picture_marks
from engagement.queries import national as national_queries
from engagement.queries import pairs as pair_queries
from engagement.queries import placements as placement_queries
from engagement.queries import rubric as rubric_queries
from engagement.queries.picture_marks import Mark
from engagement.queries.reading_versions import labels_of

METHOD_VERSION = 3
# Beyond so many rows that changed, all of them are sooner drawn anew.
_FEW = 8


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
    changed = sum(
        _refresh(round=round, publication=publication, at=at)
        for publication in (shown, waiting)
        if publication is not None
    )
    if round in placement_queries.working_rounds():
        return changed + _refresh(round=round, publication=None, at=at)
    dropped, _ = NationalPicture.objects.filter(round=round, public=False).delete()
    return changed + dropped


def _refresh(*, round: Round, publication: Publication | None, at: datetime) -> int:
    marks = picture_marks.marks_of(round=round, publication=publication)
    frame = _frame(round=round, publication=publication)
    input_hash = _hash(marks=marks, frame=frame)
    held = (
        NationalPicture.objects.filter(round=round, publication=publication)
        .defer("content")
        .first()
    )
    if held is not None and held.input_hash == input_hash:
        NationalPicture.objects.filter(pk=held.pk).update(computed_at=at)
        return 0
    if held is not None and publication is None and held.method_version == METHOD_VERSION:
        stale = picture_marks.stale_rows(picture=held, round=round, frame=frame)
        if stale is not None and len(stale) <= _FEW:
            _write_rows(
                picture=held, stale=stale, types=frame["types"], input_hash=input_hash, at=at
            )
            return 1
    NationalPicture.objects.update_or_create(
        round=round,
        public=publication is not None,
        publication=publication,
        defaults={
            "content": {**frame, "rows": _rows(round, publication, types=frame["types"])},
            "input_hash": input_hash,
            "method_version": METHOD_VERSION,
            "computed_at": at,
        },
    )
    return 1


def _write_rows(
    *,
    picture: NationalPicture,
    stale: Sequence[tuple[int, int]],
    types: Mapping[str, str],
    input_hash: str,
    at: datetime,
) -> None:
    """Draw some rows anew where they stand: a picture of many pairs is not read for one of them."""
    placements = Placement.objects.in_bulk([key for _, key in stale])
    content = "content"
    values: list[Any] = []
    for place, key in stale:
        content = f"jsonb_set({content}, %s, %s::jsonb)"
        values += [["rows", str(place)], json.dumps(_row(placements[key], types=types))]
    with connection.cursor() as cursor:
        cursor.execute(
            # Only the call is repeated; all that is written stands among the values.
            f"UPDATE engagement_nationalpicture SET content = {content}, "  # noqa: S608
            "input_hash = %s, computed_at = %s WHERE id = %s",
            [*values, input_hash, at, picture.pk],
        )


def _frame(*, round: Round, publication: Publication | None) -> dict[str, Any]:
    """Return all of the content but its rows."""
    versions = placement_queries.versions_of(round=round, publication=publication)
    group_map = (
        GroupMap.objects.get(version=versions.group_map)
        if versions is not None
        else rubric_queries.reading_of(round=round).group_map
    )
    groups = rubric_queries.support_groups(group_map=group_map)
    cells = rubric_queries.groups_by_cell(group_map=group_map)
    return {
        "groups": [
            {
                "code": group.code,
                "name": group.name,
                "offer": group.offer,
                "aimed_at": group.aimed_at,
                "note": group.note,
                "look": group.look,
            }
            for group in groups
        ],
        "cells": [
            {"authority_level": sa.value, "board_level": icb.value, "group": code}
            for (sa, icb), code in cells.items()
        ],
        "publication": {
            "number": publication.number,
            "published_at": publication.published_at.isoformat(),
        }
        if publication
        else None,
        "group_map_version": group_map.version,
        "labels": dict(vars(labels_of(group_map=group_map))),
        "rubric_versions": [versions.rubric] if versions is not None else [],
        "planned": list(pair_queries.planned_authorities(on=round.geography_date)),
        "slivers": [list(row) for row in pair_queries.slivers(on=round.geography_date)],
        "types": national_queries.types_on(day=round.geography_date),
    }


def _rows(
    round: Round, publication: Publication | None, *, types: Mapping[str, str]
) -> list[dict[str, Any]]:
    placements: Iterable[Placement | PublishedPlacement] = (
        placement_queries.placements_of_round(round=round)
        if publication is None
        else placement_queries.published_placements(publication=publication)
    )
    found = [_row(each, types=types) for each in placements]
    return sorted(found, key=lambda row: (row["name"], row["pair"]))


def _row(placement: Placement | PublishedPlacement, *, types: Mapping[str, str]) -> dict[str, Any]:
    """Return a row with what it is known by."""
    row = picture.row_to_json(row=placement_queries.row_of(placement=placement, types=types))
    mark = placement.input_hash if isinstance(placement, Placement) else ""
    return {**row, "placement": placement.pk, "mark": mark}


def _hash(*, marks: Sequence[Mark], frame: Mapping[str, Any]) -> str:
    canonical = json.dumps([METHOD_VERSION, frame, marks], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
