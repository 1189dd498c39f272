"""Keeps the statuses of frameworks in force and the pictures that dashboards show."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from authorities.models import StrategicAuthority
from outcomes import progress_picture
from outcomes.actions import progress_rows
from outcomes.actions.baseline_confirmations import tell_of_revisions
from outcomes.models import PictureScope, ProgressPicture, ProgressStatus
from outcomes.progress_labels import Method, ProgressInputs, progress_labels, to_content
from outcomes.queries import progress, progress_inputs
from outcomes.queries.progress_inputs import AgreedFramework, AuthorityProgress, Judged
from outcomes.queries.revised_baselines import revised_value


@transaction.atomic
def refresh(*, authority: StrategicAuthority, at: datetime) -> int:
    """Compute the labels of what is agreed at an authority, and its pictures.

    By the newest public method and by every later one, so that it can be seen what a later method
    moves before it is made public. What an earlier method said, and what was said of versions that
    are no longer in force, stays as it was. Nothing is written where nothing changed.

    Returns:
        How many statuses and pictures changed. A picture that is the same only has its time
        written.
    """
    day = timezone.localdate(at)
    read = progress_inputs.progress_of(authority=authority, day=day)
    changed = 0
    for method in progress.methods_computed():
        statuses, written = _refresh_statuses(read=read, method=method, at=at)
        pictures = _pictures(authority=authority, read=read, statuses=statuses)
        changed += written + _store_pictures(
            pictures=pictures, authority=authority, method=method, at=at
        )
    return changed


def _refresh_statuses(
    *, read: AuthorityProgress, method: Method, at: datetime
) -> tuple[dict[int, dict[str, Any]], int]:
    """Return the labels of each indicator by its key, and how many were written."""
    day = timezone.localdate(at)
    stored = {
        row.framework_indicator_id: row
        for row in ProgressStatus.objects.filter(
            method=method.number, framework_indicator__in=[one.row.pk for one in read.judged]
        )
    }
    contents: dict[int, dict[str, Any]] = {}
    changed, revised = [], []
    for one in read.judged:
        now = one.input_hash(method=method, today=day)
        held = stored.get(one.row.pk)
        if held is not None and held.input_hash == now:
            contents[one.row.pk] = held.content
            continue
        labels = progress_labels(given=one.inputs, method=method, today=day)
        content = {**to_content(labels=labels), **_shown(given=one.inputs)}
        contents[one.row.pk] = content
        value = revised_value(content=content)
        before = None if held is None else revised_value(content=held.content)
        if value is not None and value != before:
            revised.append(one.row.pk)
        changed.append(
            progress_rows.StatusRow(
                key=one.row.pk,
                status=labels.trajectory.status,
                reason=labels.trajectory.reason,
                content=content,
                input_hash=now,
            )
        )
    progress_rows.write_statuses(rows=changed, method=method.number, at=at)
    tell_of_revisions(rows=revised, at=at)
    return contents, len(changed)


def _shown(*, given: ProgressInputs) -> dict[str, Any]:
    """Return the series that the chart of the indicator is drawn from."""
    return {
        "series": given.series.plain,
        "england_series": given.england.plain,
        "breaks": [one.starts_on.isoformat() for one in given.definition.breaks],
    }


_Pictures = dict[tuple[str, UUID], progress_rows.PictureContent]


def _pictures(
    *,
    authority: StrategicAuthority,
    read: AuthorityProgress,
    statuses: Mapping[int, dict[str, Any]],
) -> _Pictures:
    """Return what each dashboard shows, by what it is of."""
    if not read.frameworks:
        return {}
    rows = {
        framework.id: [
            _row(one, statuses[one.row.pk]) for one in read.judged if one.framework == framework.id
        ]
        for framework in read.frameworks
    }
    found: _Pictures = {}
    for framework in read.frameworks:
        content = progress_rows.PictureContent(
            progress_picture.picture(
                rows=rows[framework.id],
                frameworks=[_framework(framework)],
            )
        )
        found[PictureScope.FRAMEWORK.value, framework.id] = content
        for partner in framework.partners:
            found[PictureScope.PAIR.value, partner.pair] = content
    if len(read.frameworks) > 1:
        content = progress_rows.PictureContent(
            progress_picture.picture(
                rows=[row for framework in read.frameworks for row in rows[framework.id]],
                frameworks=[_framework(framework) for framework in read.frameworks],
            )
        )
    found[PictureScope.AUTHORITY.value, authority.pk] = content
    return found


def _row(one: Judged, content: Mapping[str, Any]) -> dict[str, Any]:
    row = one.row
    return progress_picture.row_of(
        key=row.pk,
        lineage=str(row.lineage),
        framework=str(one.framework),
        code=row.indicator.code,
        name=row.indicator.name,
        sex=row.breakdown.sex,
        age=row.breakdown.age,
        category=row.breakdown.category,
        area=one.area_name,
        area_slug=row.area.slug,
        area_kind=row.area.kind,
        unit=one.inputs.unit,
        rule=one.inputs.definition.rule.value,
        content=content,
    )


def _framework(one: AgreedFramework) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "name": one.name,
        "version": one.version,
        "agreed_at": one.agreed_at.isoformat(),
        "partners": [[partner.slug, partner.name] for partner in one.partners],
        "measures": [
            {
                "lineage": str(measure.lineage),
                "name": measure.name,
                "item": measure.item,
                "status": measure.reading.so_far.status.value,
                "bearing": bearing.value if (bearing := measure.reading.so_far.bearing) else "",
            }
            for measure in one.measures
        ],
    }


def _store_pictures(
    *, pictures: _Pictures, authority: StrategicAuthority, method: Method, at: datetime
) -> int:
    stored = {
        (row.scope, row.subject_id): row
        for row in ProgressPicture.objects.filter(
            method=method.number, subject_id__in=progress.subjects_of(authority=authority)
        ).defer("content")
    }
    changed = [
        progress_rows.PictureRow(*key, content)
        for key, content in pictures.items()
        if key not in stored or stored[key].input_hash != content.input_hash
    ]
    gone = [row.pk for key, row in stored.items() if key not in pictures]
    written = {(row.scope, row.subject) for row in changed}
    same = [row.pk for key, row in stored.items() if key in pictures and key not in written]
    _computed_again(same, at=at)
    progress_rows.write_pictures(rows=changed, method=method.number, at=at)
    return len(changed) + ProgressPicture.objects.filter(pk__in=gone).delete()[0]


def _computed_again(pictures: Sequence[int], *, at: datetime) -> None:
    """Mark pictures that are the same as before: readers see when they were last calculated."""
    ProgressPicture.objects.filter(pk__in=pictures).update(computed_at=at)


@transaction.atomic
def refresh_nation(*, at: datetime) -> int:
    """Count anew what the nation's dashboard shows, and return how many pictures changed.

    Recomputes of two authorities may end at once: the second waits here for the first, and reads
    what it stored.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", ["progress nation"])
    changed = 0
    for method in progress.methods_computed():
        authorities = progress.authority_counts(method=method.number, day=timezone.localdate(at))
        row = progress_rows.PictureRow(
            PictureScope.NATION.value,
            progress.NATION,
            progress_rows.PictureContent(progress_picture.nation(authorities=authorities)),
        )
        held = progress.nation_picture(method=method.number)
        if held is not None and row.content.input_hash == held.input_hash:
            _computed_again([held.pk], at=at)
            continue
        progress_rows.write_pictures(rows=[row], method=method.number, at=at)
        changed += 1
    return changed
