"""Every way in which a file may be bad: what is said of it, where, and that nothing is stored."""

import uuid
from datetime import date, timedelta
from functools import partial

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction

from authorities.models import AuditEvent
from outcomes.actions import reading, uploads
from outcomes.models import Scale, UploadState, YearType
from outcomes.return_file import ReturnFileError
from outcomes.upload_lifecycle import REFUSED, State
from tests.factories.authorities import (
    OPENING,
    BodyCodeFactory,
    CouncilFactory,
    CouncilMembershipFactory,
    between,
    since,
)
from tests.factories.outcomes import NOW, IndicatorFactory
from tests.outcomes.bad_files import (
    BOOK_CELLS,
    CELLS,
    DOWNLOAD,
    LAYOUTS,
    LOWER,
    RIGHT,
    ROWS,
    UPPER,
    WHOLE,
    download,
    letter,
    table,
)
from tests.outcomes.workbooks import workbook

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def register(authority):
    """Two indicators that say how long their periods are; a council whose code has changed."""
    IndicatorFactory(fingertips_id=90362, code="hle", year_type=YearType.CALENDAR, period_months=36)
    IndicatorFactory(
        fingertips_id=500,
        code="smoking",
        scale=Scale.PROPORTION,
        year_type=YearType.FINANCIAL,
        period_months=12,
    )
    council = CouncilFactory(slug="crosby", name="Crosby", ons_code=False)
    day = date(2025, 4, 1)
    BodyCodeFactory(body=council, value="E06000077", valid=between(OPENING, day))
    BodyCodeFactory(body=council, value="E06000078", valid=since(day))
    CouncilMembershipFactory(authority=authority, council=council)


@pytest.fixture
def read(register, editor):
    """Send a file in as the editor, and have it read: the upload, or the refusal at the door."""

    def sent_and_read(content, name="values.csv"):
        try:
            upload = uploads.receive(
                body=editor.body,
                file=ContentFile(content),
                file_name=name,
                form_key=uuid.uuid4(),
                by=editor.user,
                at=NOW,
            )
        except ReturnFileError as refusal:
            return refusal
        reading.process(upload_id=upload.pk, at=LATER)
        upload.refresh_from_db()
        return upload

    return sent_and_read


# What an upload has of its own, and the message to who sent it.
OF_THE_UPLOAD = {
    "outcomes_upload",
    "outcomes_uploadevent",
    "outcomes_uploadproblem",
    "authorities_auditevent",
    "authorities_notice",
    "authorities_noticeevent",
}


def rows_of_all_tables():
    tables = sorted(set(connection.introspection.table_names()) - OF_THE_UPLOAD)
    counts = [f"SELECT '{name}', count(*) FROM \"{name}\"" for name in tables]  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(counts))
        return dict(cursor.fetchall())


def each(read, files):
    """Return what is said of each file. Each finds the tables as the one before it found them."""
    before = rows_of_all_tables()
    said = {}
    for name, make in files.items():
        with transaction.atomic():
            said[name] = said_of(read(make()))
            assert rows_of_all_tables() == before, name
            (event,) = AuditEvent.objects.filter(action__in=["upload.refused", "upload.unsafe"])
            is_unsafe = event.detail["codes"] == ["unsafe"]
            assert event.action == ("upload.unsafe" if is_unsafe else "upload.refused"), name
            transaction.set_rollback(True)
    return said


def said_of(found):
    """Return a refusal's code and words, or where and what; each must say what to do."""
    if isinstance(found, ReturnFileError):
        return found.code, found.message
    assert State(found.state) in REFUSED
    problems = list(found.problems.order_by("order"))
    if not problems:
        assert found.state == UploadState.REJECTED_FILE
        return found.summary["code"], found.summary["refusal"]
    assert found.problem_count == len(problems)
    for problem in problems:
        assert problem.message.endswith(".")
        assert problem.fix.endswith((".", "?"))
        assert len(problem.given) <= 50
        assert problem.given.isprintable()
    return [(problem.row, problem.column, problem.code) for problem in problems]


def expected_cell(layout, cells, said):
    if isinstance(said, str):
        return [(3, letter(layout, next(iter(cells))), said)]
    if "" in said:
        return [(3, letter(layout, next(iter(cells))), said.get(layout, said[""]))]
    return [(3, letter(layout, name), code) for name, code in said.items()]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_bad_cell_is_named_and_nothing_is_stored(read, layout):
    make = LAYOUTS[layout]
    files = {
        name: partial(make, {"Area Code": "E06000002"}, cells) for name, (cells, _) in CELLS.items()
    }

    assert each(read, files) == {
        name: expected_cell(layout, cells, said) for name, (cells, said) in CELLS.items()
    }


def test_a_bad_cell_of_a_workbook_is_named_alone(read):
    more = {LOWER: "58", UPPER: "62", "Category Type": "Deprivation", "Category": "Most deprived"}
    rows = table({"Area Code": "E06000002"}, more)[1:]

    def made(change, heading, _code):
        place = DOWNLOAD.index(heading)
        return workbook(rows, change=lambda book, sheet: change(book, sheet, place))

    files = {name: partial(made, *case) for name, case in BOOK_CELLS.items()}

    assert each(read, files) == {
        name: [(3, letter("book", heading), code)]
        for name, (_, heading, code) in BOOK_CELLS.items()
    }


def test_a_bad_row_or_heading_is_named_and_nothing_is_stored(read):
    files = {name: make for name, (make, _) in ROWS.items()}

    assert each(read, files) == {name: expected for name, (_, expected) in ROWS.items()}


def test_a_bad_file_is_refused_in_a_sentence_and_nothing_is_stored(read):
    said = each(read, {name: make for name, (make, _, _) in WHOLE.items()})

    # The words stand for the whole message that holds them.
    assert {
        name: (code, WHOLE[name][2] if WHOLE[name][2] in message else message)
        for name, (code, message) in said.items()
    } == {name: (code, words) for name, (_, code, words) in WHOLE.items()}


def test_all_that_is_wrong_is_said_at_once(read):
    files = {
        "all": partial(download, {"Sex": "M", "Value": "60%"}, {"Area Code": "E9", "Count": "-1"})
    }

    assert each(read, files)["all"] == [
        (2, "H", "sex"),
        (2, "M", "number-percent"),
        (3, "E", "area-unknown"),
        (3, "R", "count-negative"),
    ]


def test_a_file_that_is_only_unusual_is_ready(read):
    said = {}
    for name, (make, words) in RIGHT.items():
        with transaction.atomic():
            upload = read(make())
            notices = " ".join(upload.notices)
            said[name] = (upload.state, upload.added, words if words in notices else notices)
            transaction.set_rollback(True)

    assert said == {name: (UploadState.READY, 1, words) for name, (_, words) in RIGHT.items()}
