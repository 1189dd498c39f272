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

# By hand: the database makes one text an indicator, where the ORM would bring each row.
_MARKS = """
    SELECT described.id, described.version,
        -- Of what a body sent in, it shows how far that is.
        md5(string_agg(concat_ws(' ', observed.id, came.state), ',' ORDER BY observed.id))
    FROM outcomes_observation AS observed
    JOIN outcomes_indicator AS described ON described.id = observed.indicator_id
    JOIN outcomes_breakdown AS whole ON whole.id = observed.breakdown_id
    JOIN outcomes_release AS came ON came.id = observed.release_id
    WHERE observed.superseded_at IS NULL AND whole.category_type = ''
        AND observed.area_id = ANY(%(areas)s)
        AND (observed.owner_id IS NULL OR observed.owner_id = %(owner)s)
    GROUP BY described.id
    HAVING bool_or(observed.area_id = ANY(%(local)s))
"""


def marks_of(*, places: Sequence[Place], owner: StrategicAuthority | None) -> dict[int, str]:
    """Return what each indicator's page is known by, of those that have one, in one query.

    Args:
        places: councils, the authority and England, as the page names them.
        owner: whose own values stand in for published ones; None for nobody's.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _MARKS,
            {
                "areas": [one.id for one in places],
                "local": [one.id for one in places if one.kind != BodyKind.COUNTRY],
                "owner": None if owner is None else owner.pk,
            },
        )
        rows = cursor.fetchall()
    named = f"{METHOD_VERSION} {tuple(places)!r}"
    return {
        indicator: sha256(f"{named} {version} {values}".encode()).hexdigest()
        for indicator, version, values in rows
    }
