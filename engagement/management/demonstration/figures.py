"""Invented figures that one authority of the demonstration sent in: some approved, some not."""

import csv
import io
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from django.core.files.base import ContentFile

from authorities.models import StrategicAuthority, User
from authorities.queries import areas_of_authority
from engagement.management.demonstration.invented_series import AUTHORITY, SERIES
from outcomes.actions import approvals, reading, upload_steps, uploads
from outcomes.models import Upload

_INDICATOR = "obesity-year-6"
_FILE_NAME = "year-6-measurements.csv"
_FORM_KEY = uuid.uuid5(uuid.NAMESPACE_URL, "https://example.org/demonstration/figures")
_SERIES_NAME = "series-of-our-framework.csv"
_SERIES_KEY = uuid.uuid5(uuid.NAMESPACE_URL, "https://example.org/demonstration/series")
_SERIES_HEADINGS = (
    *("indicator", "area_code", "period", "sex", "age", "value", "lower_95", "upper_95"),
    *("count", "denominator", "note_text"),
)
_NOTE = "Invented for the demonstration"
_HEADINGS = (
    *("indicator", "area_code", "period", "sex", "category_type", "category"),
    *("value", "count", "denominator", "note_text"),
)
# Children with obesity and children measured: of each council, from its first to its last.
_CHILDREN = {
    ("2023/24", "Male"): ((412, 1_480), (566, 1_905), (498, 1_640), (1_020, 3_310)),
    ("2023/24", "Female"): ((341, 1_420), (470, 1_850), (395, 1_585), (845, 3_205)),
    ("2024/25", "Male"): ((405, 1_495), (548, 1_890), (502, 1_655), (1_004, 3_340)),
    ("2024/25", "Female"): ((333, 1_430), (461, 1_865), (388, 1_570), (831, 3_190)),
}
# Few children: some of these counts may not be published.
_SPECIAL_SCHOOLS = ((9, 31), (12, 40), (6, 22), (17, 58))


def send_in(*, people: Mapping[str, User], at: datetime) -> None:
    """Send the figures in, as the authority's editor does; they wait for a second person."""
    _sent(
        name=_FILE_NAME,
        form_key=_FORM_KEY,
        content=_content(headings=_HEADINGS, rows=_rows(at=at)),
        by=people[f"editor@{AUTHORITY}.example"],
        at=at,
    )


def publish(*, people: Mapping[str, User], approver: User, at: datetime) -> None:
    """Send in the series that a framework rests on, and have another person approve them."""
    upload = _sent(
        name=_SERIES_NAME,
        form_key=_SERIES_KEY,
        content=_content(headings=_SERIES_HEADINGS, rows=_series_rows(at=at)),
        by=people[f"editor@{AUTHORITY}.example"],
        at=at,
    )
    if upload is not None and upload.release_id is not None:
        approvals.approve(release_id=upload.release_id, by=approver, at=at + timedelta(days=1))


def _sent(
    *, name: str, form_key: uuid.UUID, content: bytes, by: User, at: datetime
) -> Upload | None:
    """Send a file in and have it stored; None where that was done before."""
    if Upload.objects.filter(form_key=form_key, release__isnull=False).exists():
        return None
    upload = uploads.receive(
        body=StrategicAuthority.objects.get(slug=AUTHORITY),
        file=ContentFile(content),
        file_name=name,
        form_key=form_key,
        by=by,
        at=at,
    )
    reading.process(upload_id=upload.pk, at=at)
    upload.refresh_from_db()
    upload_steps.confirm(upload=upload, seen=str(upload.summary["fingerprint"]), by=by, at=at)
    reading.process(upload_id=upload.pk, at=at)
    upload.refresh_from_db()
    return upload


def _content(*, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerows(rows)
    return out.getvalue().encode()


def _series_rows(*, at: datetime) -> Iterator[tuple[str, ...]]:
    whole, *councils = areas_of_authority(slug=AUTHORITY, as_at=at.date())
    codes = {"": whole.ons_code, **{one.slug: one.ons_code for one in councils}}
    for one in SERIES:
        for period, value in one.values():
            numbers = (value, value - one.half_width, value + one.half_width)
            counted = ("", "")
            if one.measured is not None:
                counted = (str(round(value * one.measured / 100)), str(one.measured))
            yield (
                *(one.code, codes[one.area] or "", period, one.sex, one.age),
                *(f"{number:.1f}" for number in numbers),
                *(*counted, _NOTE),
            )


def _rows(*, at: datetime) -> Iterator[tuple[str, ...]]:
    _, *councils = areas_of_authority(slug=AUTHORITY, as_at=at.date())
    codes = sorted(council.ons_code for council in councils if council.ons_code)
    groups = [(period, sex, "", "", counts) for (period, sex), counts in _CHILDREN.items()]
    groups.append(("2024/25", "Persons", "School", "Special schools", _SPECIAL_SCHOOLS))
    for period, sex, kind, category, counts in groups:
        for code, (count, measured) in zip(codes, counts, strict=True):
            value = f"{100 * count / measured:.2f}"
            yield (
                *(_INDICATOR, code, period, sex, kind, category),
                *(value, str(count), str(measured), _NOTE),
            )
