"""What the pictures of rounds are made from, by keys and hashes, without the contents."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import connection

from duty.models import Round
from engagement.models import NationalPicture, Placement, Publication, PublishedPlacement

# A placement by its key and hash; nothing changes a published one, so its key says it all.
Mark = tuple[int, str]

_FRAME_IS_SAME = """
    SELECT content - 'rows' = %s::jsonb FROM engagement_nationalpicture WHERE id = %s
"""
_STALE = """
    WITH drawn AS (
        SELECT (row->>'placement')::bigint AS id, row->>'mark' AS mark, number - 1 AS place
        FROM engagement_nationalpicture AS picture
        CROSS JOIN jsonb_array_elements(picture.content->'rows')
            WITH ORDINALITY AS rows(row, number)
        WHERE picture.id = %s
    )
    SELECT drawn.place, placement.id
    FROM drawn
    FULL JOIN (
        SELECT id, input_hash FROM engagement_placement WHERE round_id = %s
    ) AS placement ON placement.id = drawn.id
    WHERE placement.input_hash IS DISTINCT FROM drawn.mark
    ORDER BY drawn.place
"""


def marks_of(*, round: Round, publication: Publication | None) -> tuple[Mark, ...]:
    """Return the placements of a round, or of a revision of it, in the order of their keys."""
    if publication is None:
        working = Placement.objects.filter(round=round)
        return tuple(working.order_by("pk").values_list("pk", "input_hash"))
    published = PublishedPlacement.objects.filter(publication=publication)
    return tuple((key, "") for key in published.order_by("pk").values_list("pk", flat=True))


def stale_rows(
    *, picture: NationalPicture, round: Round, frame: Mapping[str, Any]
) -> list[tuple[int, int]] | None:
    """Return which rows of a working picture do not say what their placements say.

    Args:
        picture: of the round as it is worked on.
        round: whose placements.
        frame: all of the content but its rows, as it would be drawn now.

    Returns:
        The place of each row among the rows, with the key of its placement; None where more than
        rows would be drawn otherwise: the frame, or a pair that came or left.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FRAME_IS_SAME, [json.dumps(frame), picture.pk])
        if cursor.fetchone() != (True,):
            return None
        cursor.execute(_STALE, [picture.pk, round.pk])
        found = cursor.fetchall()
    return None if any(None in row for row in found) else found
