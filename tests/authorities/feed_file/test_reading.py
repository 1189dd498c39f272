"""Files of others: what is read, and what is refused with its place."""

from collections.abc import Sequence
from datetime import date

import pytest

from authorities.feed_file import MOST_BYTES, FeedFileError, FeedRow, Layout, Scheme, read_feed
from authorities.reorganisation.facts import AUTHORITY, BOARD, COUNCIL

BOARDS = (
    "ICB26CD,ICB26CDH,ICB26NM,ObjectId\n"
    "E54000061,QF7,NHS South Yorkshire Integrated Care Board,1\n"
    "E54000066,S3Z9W,NHS Essex Integrated Care Board,2\n"
)


def ods_row(
    code: str = "QF7",
    name: str = "NHS SOUTH YORKSHIRE INTEGRATED CARE BOARD",
    opened: str = "20220701",
    closed: str = "",
) -> str:
    """One line of the layout: 27 columns."""
    cells = [code, name, "Y63", "", "722 PRINCE OF WALES ROAD", *[""] * 4, "S9 4EU"]
    return ",".join([*cells, opened, closed, "A", *[""] * 8, "0", *[""] * 5])


def read(text: str) -> Sequence[FeedRow]:
    return read_feed(content=text.encode()).rows


def refusal(content: bytes | str) -> FeedFileError:
    with pytest.raises(FeedFileError) as caught:
        read_feed(content=content.encode() if isinstance(content, str) else content)
    return caught.value


def test_names_and_codes_of_boards_are_read_with_the_code_of_the_health_service() -> None:
    feed = read_feed(content=BOARDS.encode())

    assert (feed.layout, feed.scheme, feed.vintage) == (Layout.ONS_NAMES, Scheme.ONS, 2026)
    assert feed.covers == {BOARD}
    assert feed.rows[1] == FeedRow(
        row=3,
        scheme="ons",
        code="E54000066",
        name="NHS Essex Integrated Care Board",
        kind=BOARD,
        other_codes=(("ods", "S3Z9W"),),
    )


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("ICB23CD,ICB23NM", BOARD),
        ("CTYUA25CD,CTYUA25NM", COUNCIL),
        ("ctyua24cd,ctyua24nm", COUNCIL),
        ("UTLA22CD,UTLA22NM", COUNCIL),
        ("CAUTH25CD,CAUTH25NM", AUTHORITY),
    ],
)
def test_each_kind_of_ons_file_is_told_by_its_headings_of_any_year(heading: str, kind: str) -> None:
    rows = read(f"{heading}\nE00000001,Somewhere\n")

    assert [(row.kind, row.code, row.name) for row in rows] == [(kind, "E00000001", "Somewhere")]


def test_welsh_names_a_mark_and_other_columns_are_let_pass() -> None:
    text = "\ufeffFID,CTYUA25CD,CTYUA25NM,CTYUA25NMW\n1,W06000001,Isle of Anglesey,Ynys Môn\n"

    rows = read_feed(content=text.encode("utf-8")).rows

    assert [(row.code, row.name) for row in rows] == [("W06000001", "Isle of Anglesey")]


def test_a_lookup_gives_each_body_once_and_who_belongs_to_whom() -> None:
    text = (
        "LAD25CD,LAD25NM,CAUTH25CD,CAUTH25NM,ObjectId\n"
        "E08000001,Bolton,E47000001,Greater Manchester,1\n"
        "E08000002,Bury,E47000001,Greater Manchester,2\n"
        "E06000001,Hartlepool,,,3\n"
    )

    feed = read_feed(content=text.encode())

    assert feed.layout == Layout.ONS_LOOKUP
    assert [row.code for row in feed.rows] == ["E47000001", "E08000001", "E08000002", "E06000001"]
    assert [(link.council, link.group) for link in feed.links] == [
        ("E08000001", "E47000001"),
        ("E08000002", "E47000001"),
    ]
    # The councils that are in no combined authority are not in such a file.
    assert feed.covers == {AUTHORITY}


def test_a_lookup_of_small_areas_gives_the_boards_of_each_council() -> None:
    text = (
        "LSOA21CD,SICBL26CD,ICB26CD,ICB26CDH,ICB26NM,LAD26CD,LAD26NM\n"
        "E01000001,E38000001,E54000001,QAA,NHS A Integrated Care Board,E06000001,One\n"
        "E01000002,E38000001,E54000001,QAA,NHS A Integrated Care Board,E06000001,One\n"
        "E01000003,E38000002,E54000002,QBB,NHS B Integrated Care Board,E06000001,One\n"
    )

    feed = read_feed(content=text.encode())

    assert {(link.kind, link.council, link.group) for link in feed.links} == {
        (BOARD, "E06000001", "E54000001"),
        (BOARD, "E06000001", "E54000002"),
    }
    assert feed.covers == {BOARD, COUNCIL}


def test_upper_tier_councils_are_taken_where_a_file_has_districts_too() -> None:
    text = (
        "LAD25CD,LAD25NM,CTYUA25CD,CTYUA25NM\n"
        "E07000008,Cambridge,E10000003,Cambridgeshire\n"
        "E07000009,East Cambridgeshire,E10000003,Cambridgeshire\n"
    )

    assert [row.code for row in read(text)] == ["E10000003"]


def test_ods_rows_give_first_days_and_the_first_day_without_them() -> None:
    text = "\n".join(
        [
            ods_row(),
            ods_row(code="QNQ", name="NHS FRIMLEY INTEGRATED CARE BOARD", closed="20260331"),
            ods_row(code="X26", name="NHS ENGLAND"),
        ]
    )

    feed = read_feed(content=text.encode())

    assert (feed.layout, feed.scheme) == (Layout.ODS, Scheme.ODS)
    assert feed.covers == {BOARD}
    assert [(row.code, row.kind, row.opened, row.closed) for row in feed.rows] == [
        ("QF7", BOARD, date(2022, 7, 1), None),
        ("QNQ", BOARD, date(2022, 7, 1), date(2026, 4, 1)),
        ("X26", "", date(2022, 7, 1), None),
    ]


def test_ods_headings_that_somebody_has_added_are_let_pass() -> None:
    headings = ",".join(["Organisation Code", "Name", *["Null"] * 25])

    assert [row.code for row in read(f"{headings}\n{ods_row()}\n")] == ["QF7"]


@pytest.mark.parametrize(
    ("text", "layout", "code", "kind"),
    [
        (
            (
                "slug,name,short_name,type,tier,status,ons_code,established_on,abolished_on\n"
                "greater-x,Greater X Authority,Greater X,t,mayoral,s,E47000001,2020-04-01,\n"
            ),
            Layout.OWN_AUTHORITIES,
            "greater-x",
            AUTHORITY,
        ),
        (
            "slug,name,nhs_region,established_on,abolished_on\nx,NHS X,North,2022-07-01,\n",
            Layout.OWN_BOARDS,
            "x",
            BOARD,
        ),
        (
            (
                "icb_slug,ons_code,ods_code,valid_from,valid_to\n"
                "x,E54000001,QAA,2022-07-01,2026-04-01\nx,E54000002,QAA,2026-04-01,\n"
            ),
            Layout.OWN_BOARD_CODES,
            "x",
            BOARD,
        ),
        (
            "code,name,source,certainty\nE06000001,Hartlepool,ONS,high\n",
            Layout.OWN_COUNCILS,
            "E06000001",
            COUNCIL,
        ),
    ],
)
def test_files_of_the_register_itself_are_read(
    text: str, layout: Layout, code: str, kind: str
) -> None:
    feed = read_feed(content=text.encode())

    assert feed.layout == layout
    assert {(row.code, row.kind) for row in feed.rows} == {(code, kind)}


def test_windows_1252_is_read_and_said() -> None:
    feed = read_feed(content="CTYUA25CD,CTYUA25NM\nE06000001,Caf\xe9\n".encode("cp1252"))

    assert feed.rows[0].name == "Café"
    assert "Windows-1252" in feed.notices[0]


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", "empty", "empty"),
        (b" \n\n", "empty", "empty"),
        (b",,\n,,\n", "empty", "empty"),
        ("ICB26CD,ICB26NM\n", "empty", "no rows"),
        (b"PK\x03\x04 [Content_Types].xml", "not-csv", "spreadsheet"),
        (b"PK\x03\x04 eother.csv", "not-csv", "Unpack"),
        (b"%PDF-1.7", "not-csv", "PDF"),
        (b"<!DOCTYPE html><html>", "not-csv", "web page"),
        ("ICB26CD,ICB26NM\n".encode("utf-16"), "not-csv", "UTF-16"),
        (b"ICB26CD,ICB26NM\nE54,\x81\n", "unreadable", "letters"),
        (b"ICB26CD,ICB26NM\nE54000001,A\x00B\n", "unreadable", "Row 2: there is a NUL"),
        ("ICB26CD;ICB26NM\nE54000001;A\n", "not-csv", "semicolons"),
        ("ICB26CD\tICB26NM\nE54000001\tA\n", "not-csv", "tabs"),
        ('ICB26CD,ICB26NM\nE54000001,"A\n', "not-csv", "Row 2"),
        ("name,place\nA,B\n", "unknown-layout", "eother"),
        ("code,name,county_code,source,certainty\nE07000008,A,E1,s,high\n", "unknown-layout", ""),
        ("ICB26CD\nE54000001\n", "headings", "ICB26NM"),
        ("ICB26CD,ICB26NM,ICB26CD\nE54000001,A,B\n", "headings", "two columns"),
        ("ICB26CD,ICB23NM\nE54000001,A\n", "headings", "2023 and 2026"),
        (ods_row(code="Y60", name="MIDLANDS"), "nothing-of-ours", "eother"),
        (b"x" * (MOST_BYTES + 1), "too-large", "10 MB"),
        ("ICB26CD,ICB26NM\n" + "E54000001,A\n" * 50_001, "too-many-rows", "50,000 rows"),
        (
            "ICB26CD,ICB26NM\n" + "".join(f"E54{n:06d},A\n" for n in range(1_001)),
            "too-many-rows",
            "1,001 bodies of one kind",
        ),
        ("ICB26CD,ICB26NM\nE54000001,A" + ",x" * 60, "not-csv", "Row 2: there are 62 cells"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_what_to_do(
    content: bytes | str, code: str, words: str
) -> None:
    error = refusal(content)

    assert error.code == code
    assert words in error.message


@pytest.mark.parametrize(
    ("text", "where", "words"),
    [
        ("ICB26CD,ICB26NM\n,A\n", "Row 2, column A (ICB26CD)", "The code is empty."),
        ("ICB26CD,ICB26NM\nE54000001,\n", "Row 2, column B (ICB26NM)", "The name is empty."),
        ("ICB26CD,ICB26NM\nE5 4,A\n", "Row 2, column A (ICB26CD)", "E5 4 is no code."),
        ("ICB26CD,ICB26NM\n=1+1,A\n", "Row 2, column A (ICB26CD)", "begins like a formula"),
        ("ICB26CD,ICB26NM\nE54000001,@A\n", "Row 2, column B (ICB26NM)", "begins like a formula"),
        ("ICB26CD,ICB26NM\nE54000001,A\u200b\n", "Row 2, column B (ICB26NM)", "hidden character"),
        ("ICB26CD,ICB26NM\nE54000001\n", "Row 2", "There are 1 cells, not 2."),
        (f"ICB26CD,ICB26NM\nE54000001,{'A' * 201}\n", "Row 2, column B (ICB26NM)", "201"),
        (
            "ICB26CD,ICB26NM\nE54000001,A\n\nE54000001,B\n",
            "Row 4, column A (ICB26CD)",
            "E54000001 stands in row 2, too.",
        ),
        (
            "ICB26CD,ICB26CDH,ICB26NM\nE54000001,QAA,A\nE54000002,QAA,B\n",
            "Row 3, column B (ICB26CDH)",
            "QAA stands in row 2, too.",
        ),
        (
            (
                "LAD25CD,LAD25NM,CAUTH25CD,CAUTH25NM\n"
                "E08000001,Bolton,E47000001,X\nE08000002,Bury,E47000001,Y\n"
            ),
            "Row 3, column D (CAUTH25NM)",
            "E47000001 is X in row 2",
        ),
        (ods_row(opened="20261301"), "Row 1, column K (Open Date)", "20261301 is no day."),
        (ods_row(closed="2026"), "Row 1, column L (Close Date)", "2026 is no day."),
        (ods_row(closed="20210630"), "Row 1, column L (Close Date)", "before it opens"),
        (f"{ods_row()}\n{ods_row()}", "Row 2, column A (Organisation Code)", "in row 1, too"),
        (f"{ods_row()}\nQAA,B\n", "Row 2", "There are 2 cells, not 27."),
        (
            "slug,name,nhs_region,established_on,abolished_on\nX y,NHS X,North,2022-07-01,\n",
            "Row 2, column A (slug)",
            "X y is no address.",
        ),
        (
            "slug,name,nhs_region,established_on,abolished_on\nx,NHS X,North,1 July 2022,\n",
            "Row 2, column D (established_on)",
            "1 July 2022 is no day.",
        ),
    ],
)
def test_a_wrong_cell_is_named_with_what_to_do(text: str, where: str, words: str) -> None:
    error = refusal(text)

    assert error.code == "rows"
    assert error.errors[0].where == where
    assert words in error.errors[0].message
    assert error.errors[0].fix


def test_every_wrong_row_is_counted_and_the_first_hundred_are_named() -> None:
    rows = "".join(f"bad code {number},A\n" for number in range(150))

    error = refusal(f"ICB26CD,ICB26NM\n{rows}")

    assert len(error.errors) == 100
    assert "150 problems" in error.message


def test_both_wrong_cells_of_a_row_are_named() -> None:
    error = refusal("ICB26CD,ICB26NM\n?,\n")

    assert [one.column for one in error.errors] == ["A", "B"]


def test_what_a_wrong_cell_holds_is_shown_without_what_is_hidden_in_it() -> None:
    error = refusal("ICB26CD,ICB26NM\nE54\u202e,A\n")

    assert error.errors[0].given == "E54U+202E"
