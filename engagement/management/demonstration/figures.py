"""Invented figures that one authority of the demonstration sent in, and nobody has approved yet."""

import csv
import io
import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime

from django.core.files.base import ContentFile

from authorities.models import StrategicAuthority, User
from authorities.queries import areas_of_authority
from outcomes.actions import reading, upload_steps, uploads
from outcomes.models import Upload

_AUTHORITY = "south-yorkshire"
_INDICATOR = "obesity-year-6"
_FILE_NAME = "year-6-measurements.csv"
_FORM_KEY = uuid.uuid5(uuid.NAMESPACE_URL, "https://example.org/demonstration/figures")
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
    if Upload.objects.filter(form_key=_FORM_KEY, release__isnull=False).exists():
        return
    authority = StrategicAuthority.objects.get(slug=_AUTHORITY)
    by = people[f"editor@{_AUTHORITY}.example"]
    upload = uploads.receive(
        body=authority,
        file=ContentFile(_content(at=at)),
        file_name=_FILE_NAME,
        form_key=_FORM_KEY,
        by=by,
        at=at,
    )
    reading.process(upload_id=upload.pk, at=at)
    upload.refresh_from_db()
    upload_steps.confirm(upload=upload, seen=str(upload.summary["fingerprint"]), by=by, at=at)
    reading.process(upload_id=upload.pk, at=at)


def _content(*, at: datetime) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_HEADINGS)
    writer.writerows(_rows(at=at))
    return out.getvalue().encode()


def _rows(*, at: datetime) -> Iterator[tuple[str, ...]]:
    _, *councils = areas_of_authority(slug=_AUTHORITY, as_at=at.date())
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
