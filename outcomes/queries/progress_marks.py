"""What a dashboard is made from: whoever keeps one knows by it when to make it again."""

from typing import Any

from django.db import connection

from outcomes.queries.progress_pages import ScopeFacts

# By hand: Django takes longer to write this than the database to answer it, on every page.
_MARK = """
    SELECT picture.computed_at,
        EXISTS (
            SELECT FROM outcomes_recomputerequest AS asked
            WHERE asked.subject = 'authority' AND asked.subject_id = %(authority)s
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
            WHERE figure.authority_id = %(authority)s AND NOT figure.own
        ),
        (
            SELECT string_agg(note.id::text, ',' ORDER BY note.id)
            FROM outcomes_ownernote AS note
            JOIN outcomes_framework AS framework ON framework.id = note.framework_id
            WHERE framework.authority_id = %(authority)s AND note.withdrawn_at IS NULL
        ),
        (
            SELECT string_agg(review.id::text, ',' ORDER BY review.id)
            FROM outcomes_expertreview AS review
            JOIN outcomes_framework AS framework ON framework.id = review.framework_id
            WHERE framework.authority_id = %(authority)s AND review.state = 'signed'
        ),
        -- Of anybody: they are rare, and finding whose they are takes long on every page.
        (SELECT max(id) FROM outcomes_baselineconfirmation)
    FROM outcomes_progresspicture AS picture
    WHERE picture.scope = %(scope)s AND picture.subject_id = %(subject)s
        AND picture.method = (
            SELECT max(number) FROM outcomes_progressmethod WHERE made_public_at IS NOT NULL
        )
"""


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
