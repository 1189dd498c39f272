"""What the pages of an authority's indicators are made from: whoever keeps them knows by it.

Values are never edited, definitions have numbers, and what a release says of its contents stays: a
page is the same while the keys of its values are. So the many pages that a change does not touch
are known without a value being read.
"""

from collections.abc import Sequence
from hashlib import sha256

from django.db import connection

from authorities.models import BodyKind, StrategicAuthority
from outcomes.indicator_series import METHOD_VERSION
from outcomes.queries.places import Place

# The key of an indicator, and whether its page shows the authority's own values.
PageKey = tuple[int, bool]

# By hand: the database makes one text a page, where the ORM would bring each row. Of what a body
# sent in, a page shows how far that is.
_MARKS = """
    SELECT described.id, described.version,
        md5(string_agg(observed.id::text, ',' ORDER BY observed.id)
            FILTER (WHERE observed.owner_id IS NULL)),
        bool_or(observed.area_id = ANY(%(local)s)) FILTER (WHERE observed.owner_id IS NULL),
        md5(string_agg(concat_ws(' ', observed.id, came.state), ',' ORDER BY observed.id)
            FILTER (WHERE observed.owner_id IS NOT NULL))
    FROM outcomes_observation AS observed
    JOIN outcomes_indicator AS described ON described.id = observed.indicator_id
    JOIN outcomes_breakdown AS whole ON whole.id = observed.breakdown_id
    JOIN outcomes_release AS came ON came.id = observed.release_id
    WHERE observed.superseded_at IS NULL AND whole.category_type = ''
        AND observed.area_id = ANY(%(areas)s)
        AND (observed.owner_id IS NULL OR observed.owner_id = %(owner)s)
    GROUP BY described.id
"""


def marks_of(*, places: Sequence[Place], authority: StrategicAuthority) -> dict[PageKey, str]:
    """Return what each page is known by that the authority is to have, in one query.

    An indicator with values for England alone has none; one with values that the authority sent
    in itself has one for its own members, too.

    Args:
        places: councils, the authority and England, as the pages name them.
        authority: whose own values stand in for published ones.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _MARKS,
            {
                "areas": [one.id for one in places],
                "local": [one.id for one in places if one.kind != BodyKind.COUNTRY],
                "owner": authority.pk,
            },
        )
        rows = cursor.fetchall()
    named = f"{METHOD_VERSION} {tuple(places)!r}"
    found: dict[PageKey, str] = {}
    for indicator, version, published, is_local, own in rows:
        if is_local:
            found[indicator, False] = _mark(named, version, published)
        if own is not None:
            found[indicator, True] = _mark(named, version, published, own)
    return found


def _mark(*made_from: object) -> str:
    return sha256(repr(made_from).encode()).hexdigest()
