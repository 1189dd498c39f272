"""What a dashboard is made from: whoever keeps one knows by it when to make it again."""

from typing import Any

from django.db import connection

from authorities.models import BodyKind
from outcomes.models import PictureScope
from outcomes.queries.progress_pages import ScopeFacts

# By hand: Django takes longer to write this than the database to answer it, on every page.
_COLUMNS = """
    picture.computed_at,
    EXISTS (
        SELECT FROM outcomes_recomputerequest AS asked
        WHERE asked.subject = 'authority' AND asked.subject_id = authority.id
            AND asked.finished_at IS NULL AND asked.error <> ''
            AND asked.started_at > picture.computed_at
    ),
    picture.input_hash, picture.method,
    (
        SELECT string_agg(
            concat_ws(' ', figure.input_hash, described.version, described.draft), ','
            ORDER BY figure.indicator_id
        )
        FROM outcomes_authorityindicator AS figure
        JOIN outcomes_indicator AS described ON described.id = figure.indicator_id
        WHERE figure.authority_id = authority.id AND NOT figure.own
    ),
    (
        SELECT string_agg(note.id::text, ',' ORDER BY note.id)
        FROM outcomes_ownernote AS note
        JOIN outcomes_framework AS framework ON framework.id = note.framework_id
        WHERE framework.authority_id = authority.id AND note.withdrawn_at IS NULL
    ),
    (
        SELECT string_agg(review.id::text, ',' ORDER BY review.id)
        FROM outcomes_expertreview AS review
        JOIN outcomes_framework AS framework ON framework.id = review.framework_id
        WHERE framework.authority_id = authority.id AND review.state = 'signed'
    ),
    -- Of anybody: they are rare, and finding whose they are takes long on every page.
    (SELECT max(id) FROM outcomes_baselineconfirmation)
"""
_SHOWN_METHOD = """
    (SELECT max(number) FROM outcomes_progressmethod WHERE made_public_at IS NOT NULL)
"""
_MARK = f"""
    SELECT {_COLUMNS}
    FROM outcomes_progresspicture AS picture, (SELECT %(authority)s::uuid AS id) AS authority
    WHERE picture.scope = %(scope)s AND picture.subject_id = %(subject)s
        AND picture.method = {_SHOWN_METHOD}
"""  # noqa: S608 - of constants
_AUTHORITY = f"""
    SELECT authority.id, {_COLUMNS}
    FROM authorities_body AS authority
    LEFT JOIN outcomes_progresspicture AS picture
        ON picture.scope = %(scope)s AND picture.subject_id = authority.id
        AND picture.method = {_SHOWN_METHOD}
    WHERE authority.kind = %(kind)s AND authority.slug = %(slug)s
"""  # noqa: S608 - of constants


def mark_of(*, scope: ScopeFacts) -> tuple[Any, ...] | None:
    """Return what a dashboard is made from, by hashes and keys; None where nothing is agreed.

    In one query and without the contents, which are read only where they have changed. When it was
    computed stands first, then whether a later recompute failed.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _MARK,
            {
                "scope": scope.scope.value,
                "subject": scope.subject,
                "authority": scope.authority,
            },
        )
        found: tuple[Any, ...] | None = cursor.fetchone()
    return found


def authority_and_mark(*, slug: str) -> tuple[ScopeFacts, tuple[Any, ...] | None] | None:
    """Return the scope of an authority's dashboard and what it is made from, in one query.

    Args:
        slug: of the authority.

    Returns:
        The scope without names, and the mark as `mark_of` gives it; None where there is no such
        authority.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _AUTHORITY,
            {
                "scope": PictureScope.AUTHORITY.value,
                "kind": BodyKind.STRATEGIC_AUTHORITY.value,
                "slug": slug,
            },
        )
        found = cursor.fetchone()
    if found is None:
        return None
    key, *mark = found
    scope = ScopeFacts(
        scope=PictureScope.AUTHORITY, subject=key, authority=key, authority_slug=slug
    )
    return scope, tuple(mark) if mark[0] is not None else None
