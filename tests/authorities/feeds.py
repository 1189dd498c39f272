"""Files of others, of real size, made from the register that is loaded."""

import csv
import io
from collections.abc import Sequence
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from authorities.models import Body, BodyKind, CouncilMembership

APRIL_2026 = date(2026, 4, 1)
NOVEMBER_2026 = date(2026, 11, 20)
Rows = list[list[str]]


def board_rows(day: date = APRIL_2026) -> Rows:
    """Code, ODS code and name of each board of the day, by code."""
    return _rows(BodyKind.INTEGRATED_CARE_BOARD, day, "ons_code", "ods_code", "name")


def council_rows(day: date = NOVEMBER_2026) -> Rows:
    """Code and name of each council of the day, by code."""
    return _rows(BodyKind.COUNCIL, day, "ons_code", "name")


def _rows(kind: BodyKind, day: date, *fields: str) -> Rows:
    bodies = Body.objects.filter(kind=kind).as_at(day).with_facts(day)
    return sorted([getattr(body, field) for field in fields] for body in bodies)


def ons_boards(rows: Rows) -> bytes:
    """Names and codes of boards."""
    return as_csv(["ICB26CD", "ICB26CDH", "ICB26NM"], rows)


def ons_councils(rows: Rows) -> bytes:
    """Names and codes of counties and unitary authorities, with a row of Wales."""
    return as_csv(["CTYUA26CD", "CTYUA26NM"], [*rows, ["W06000001", "Isle of Anglesey"]])


def ons_members(day: date = NOVEMBER_2026, *, left_out: Sequence[str] = ()) -> bytes:
    """Districts and unitary councils with their combined authority; counties are not in it."""
    members = CouncilMembership.objects.filter(role="constituent", planned=False).as_at(day)
    bodies = {body.pk: body for body in Body.objects.with_facts(day)}
    rows = []
    for one in members:
        council, authority = bodies[one.council_id], bodies[one.authority_id]
        if (
            authority.ons_code
            and authority.ons_code.startswith("E47")
            and not council.ons_code.startswith("E10")
            and council.ons_code not in left_out
        ):
            rows.append([council.ons_code, council.name, authority.ons_code, authority.short_name])
    return as_csv(["LAD26CD", "LAD26NM", "CAUTH26CD", "CAUTH26NM"], sorted(rows))


def ods_boards(day: date = APRIL_2026, *, closed: Sequence[str] = ()) -> bytes:
    """The report of other organisations: boards in capitals, and one that is none."""
    rows = []
    for _, code, name in board_rows(day):
        last = "20270331" if code in closed else ""
        rows.append(_ods_row(code, name.upper(), last))
    return as_csv([], [*rows, _ods_row("X26", "NHS ENGLAND", "")])


def _ods_row(code: str, name: str, last: str) -> list[str]:
    return [code, name, "Y63", *[""] * 7, "20220701", last, "A", *[""] * 14]


def as_csv(headings: Sequence[str], rows: Rows) -> bytes:
    """Write a file as the Office for National Statistics does, with its mark."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    if headings:
        writer.writerow([*headings, "ObjectId"])
        rows = [[*row, str(number)] for number, row in enumerate(rows, start=1)]
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig" if headings else "utf-8")


def sent(content: bytes, name: str = "feed.csv") -> SimpleUploadedFile:
    """The file as a browser sends it."""
    return SimpleUploadedFile(name, content, content_type="text/csv")
