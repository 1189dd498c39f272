"""A body proposes the commitments of a file: what is shown, what is refused, what is stored."""

import csv
import io
import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from authorities.models import AuditEvent, Notice
from engagement.models import Commitment, CommitmentMoney, Side
from tests.engagement.commitment_people import People, people_of_a_pair
from tests.engagement.commitment_sheets import MONEY, book_file, csv_file
from tests.factories.authorities import (
    BoardFactory,
    PairFactory,
    StrategicAuthorityFactory,
)
from tests.factories.engagement_commitments import CommitmentFactory
from tests.outcomes.workbooks import raw_workbook, zipped

pytestmark = pytest.mark.django_db


SOURCES = "Enter Integrated settlement, The ICB, Another source or Not known."
CENTRE = {"analyst", "moderator", "lead_analyst", "administrator"}


@pytest.fixture
def people() -> People:
    return people_of_a_pair()


@pytest.fixture
def editor(client: Client, people: People) -> Client:
    client.force_login(people.by_role["authority_editor"])
    return client


def address(people: People, *, step: str = "", side: str = "authority") -> str:
    slug = getattr(people.pair, side).slug
    return reverse(f"commitments:{side}-import{step}", args=[slug])


def to(people: People, **more: str) -> dict[str, str]:
    """A row for the pair's ICB."""
    return {"ICB": people.pair.board.slug, **more}


def send(client: Client, people: People, content: bytes, *, side: str = "authority") -> Any:
    file = SimpleUploadedFile("mine.csv", content)
    return client.post(address(people, side=side), {"file": file})


def carried(response: Any) -> str:
    found = re.search(r'name="rows" value="([^"]+)"', response.content.decode())
    assert found, response.content.decode()
    return found[1]


def confirm(
    client: Client, people: People, rows: str, *, side: str = "authority", **said: str
) -> Any:
    return client.post(address(people, step="-confirm", side=side), {"rows": rows, **said})


def problems(response: Any) -> list[tuple[str, str]]:
    assert response.status_code == 422
    return [(one.where, one.words) for one in response.context["report"].lines]


def test_a_preview_stores_nothing_and_the_confirmation_proposes_every_row(
    editor: Client, people: People
) -> None:
    second = PairFactory(authority=people.pair.authority)
    rows = [
        to(people, **MONEY),
        to(people, Title="Two", Date="", **{"Reason for no date": "No plan yet"}),
        {"ICB": second.board.slug, "Title": "Three"},
    ]

    shown = send(editor, people, csv_file(*rows))

    assert shown.status_code == 200
    assert "3 commitments for 2 partners" in shown.content.decode()
    assert not Commitment.objects.exists()

    answer = confirm(editor, people, carried(shown))

    assert answer.status_code == 302
    one, two, three = Commitment.objects.order_by("title")
    assert [row.title for row in (one, two, three)] == ["Share one list", "Three", "Two"]
    assert {row.state for row in (one, two, three)} == {"proposed"}
    assert one.proposed_side == Side.AUTHORITY
    assert (one.authority_owner, one.board_owner) == (
        "Head of health",
        "Head of population health",
    )
    assert (one.specification, one.stage, one.theme) == (
        "co-operation",
        "output",
        "work_and_health",
    )
    assert (one.visibility, one.resources, one.lead) == ("public", "yes", "")
    assert (two.pair, two.target_date) == (second, one.target_date)
    assert three.no_date_reason == "No plan yet"
    money = CommitmentMoney.objects.get()
    assert (money.commitment, money.side, money.year) == (one, Side.AUTHORITY, 2026)
    assert (money.amount, money.purpose) == (Decimal(1_200_000), "Two posts")


def test_an_icb_may_send_a_workbook(client: Client, people: People) -> None:
    client.force_login(people.by_role["board_editor"])
    content = book_file({"ICB": people.pair.board.slug, "Lead": "ICB"})
    # An ICB names its partner in the column of authorities.
    rows = csv_file({"ICB": "", "Authority": people.pair.authority.slug, "Lead": "ICB"})

    refused = send(client, people, content, side="board")
    shown = send(client, people, rows, side="board")
    confirm(client, people, carried(shown), side="board")

    assert refused.status_code == 422
    row = Commitment.objects.get()
    assert (row.proposed_side, row.lead) == (Side.BOARD, Side.BOARD)
    assert (row.board_owner, row.authority_owner) == (
        "Head of population health",
        "Head of health",
    )


def test_each_partner_is_told_once_and_each_proposal_is_audited(
    editor: Client, people: People
) -> None:
    second = PairFactory(authority=people.pair.authority)
    rows = [to(people, Title=f"Promise {number}") for number in range(5)]

    shown = send(editor, people, csv_file(*rows, {"ICB": second.board.slug}))
    confirm(editor, people, carried(shown))

    assert Notice.objects.filter(kind="commitment.proposed").count() == 0
    told = Notice.objects.filter(kind="commitment.imported")
    assert {notice.body_id for notice in told} == {people.pair.board_id, second.board_id}
    assert AuditEvent.objects.filter(action="commitment.proposed").count() == 6
    imported = AuditEvent.objects.get(action="commitments.imported")
    assert imported.detail["rows"] == 6
    assert imported.body_id == people.pair.authority_id


def test_the_same_file_sent_twice_is_stored_once(editor: Client, people: People) -> None:
    content = csv_file(to(people, **MONEY), to(people, Title="Two"))
    signed = carried(send(editor, people, content))
    confirm(editor, people, signed)

    confirm(editor, people, signed)
    again = send(editor, people, content)

    assert "2 rows are stored already" in again.content.decode()
    assert "There is nothing to propose." in again.content.decode()
    assert Commitment.objects.count() == 2
    assert CommitmentMoney.objects.count() == 1
    assert AuditEvent.objects.filter(action="commitments.imported").count() == 1


def test_what_looks_like_a_commitment_of_the_pair_is_asked_about(
    editor: Client, people: People
) -> None:
    before = CommitmentFactory(pair=people.pair, title="Share one list")
    CommitmentFactory(title="Two")  # of others
    shown = send(
        editor, people, csv_file(to(people, Title="share one LIST"), to(people, Title="Two"))
    )

    asked = confirm(editor, people, carried(shown))
    confirm(editor, people, carried(shown), alike="leave_out")

    assert reverse("commitments:detail", args=[before.pk]) in shown.content.decode()
    assert asked.status_code == 422
    assert list(
        Commitment.objects.filter(pair=people.pair)
        .order_by("title")
        .values_list("title", flat=True)
    ) == ["Share one list", "Two"]

    confirm(editor, people, carried(shown), alike="propose_too")

    assert Commitment.objects.filter(pair=people.pair).count() == 3


def test_a_persons_details_need_a_reason_which_the_audit_keeps(
    editor: Client, people: People
) -> None:
    content = csv_file(to(people, **{"What each side does": "Ask ann@example.org"}))
    shown = send(editor, people, content)

    refused = confirm(editor, people, carried(shown))
    in_words = confirm(editor, people, carried(shown), personal_reason="It is Ann Example")
    confirm(editor, people, carried(shown), personal_reason="shared")

    assert "Row 2: What each side does" in shown.content.decode()
    assert (refused.status_code, in_words.status_code) == (422, 422)
    event = AuditEvent.objects.get(action="commitments.imported")
    assert event.detail["personal_reason"] == "shared"
    assert "ann@" not in str(event.detail)


def test_every_fault_is_said_at_once_in_the_words_of_the_form(
    editor: Client, people: People
) -> None:
    yesterday = f"{timezone.now().date() - timedelta(days=1):%d/%m/%Y}"
    rows = [
        to(people, Title="", **{"Owner at the authority": ""}),
        to(people, Title="Two", Date=yesterday),
        to(people, Title="Three", Date=""),
        to(people, Title="Four", **{**MONEY, "Money: source": ""}),
        to(people, Title="Five", **{"Reason for no date": "None"}),
        to(people, Title="Six", Lead=""),
    ]

    said = problems(send(editor, people, csv_file(*rows)))

    assert said == [
        ("Row 2, column B", "Enter what you promise together."),
        ("Row 2, column I", "Enter the role that owns it on your side."),
        ("Row 3, column L", "The date must be today or later."),
        ("Row 4, column L", "Enter a date, or say why there is none."),
        (
            "Row 5, column N",
            f"Select where it comes from. Not known is one of the choices. {SOURCES}",
        ),
        ("Row 6, column L", "Enter a date or a reason for none, not both."),
        ("Row 7, column K", "Select which side leads. Enter Authority, ICB or Both."),
    ]
    event = AuditEvent.objects.get(action="commitments.import_refused")
    assert "title-refused" in event.detail["codes"]


def test_of_many_faults_the_summary_has_the_first_and_the_page_says_how_many(
    editor: Client, people: People
) -> None:
    rows = [to(people, Title=f"Promise {n}", Lead="Bth") for n in range(120)]

    answer = send(editor, people, csv_file(*rows))

    report = answer.context["report"]
    assert (len(report.problems), len(report.lines)) == (20, 100)
    assert report.problem_title == "There is a problem with 120 cells or rows"
    assert "These are the first 100 of 120." in answer.content.decode()


def test_who_is_no_partner_is_refused_each_in_other_words(editor: Client, people: People) -> None:
    sliver = PairFactory(authority=people.pair.authority, overlap__sliver=True)
    closed = BoardFactory(slug="closed", closed_on=timezone.now().date() - timedelta(days=30))
    stranger = BoardFactory(slug="stranger")
    own_kind = StrategicAuthorityFactory(slug="own-kind")
    named = [
        sliver.board.slug,
        closed.slug,
        stranger.slug,
        own_kind.slug,
        people.pair.authority.slug,
        "nobody",
        "testshir",
        "",
    ]
    rows = [{"ICB": slug, "Title": f"To {slug}"} for slug in named]

    said = [words for _, words in problems(send(editor, people, csv_file(*rows)))]

    assert [words.split(". ")[0] for words in said] == [
        f"{sliver.board.slug} shares too few people with you, or none, to be your partner",
        said[1].split(". ")[0],
        "stranger shares too few people with you, or none, to be your partner",
        "own-kind is a body of your own kind",
        f"{people.pair.authority.slug} is your own body",
        "nobody is not a body that we know",
        "testshir is not a body that we know",
        "No partner is named",
    ]
    assert said[1].startswith("closed is closed since ")
    assert "Name the body that took over." in said[1]


@pytest.mark.parametrize(
    "spelling",
    ["name", "short_name", "slug", "ons_code"],
)
def test_a_partner_may_be_named_in_every_way(editor: Client, people: People, spelling: str) -> None:
    board = (
        type(people.pair.board)
        .objects.with_facts(timezone.now().date())
        .get(pk=people.pair.board_id)
    )

    shown = send(editor, people, csv_file({"ICB": f" {getattr(board, spelling).upper()} "}))

    assert shown.status_code == 200


def formula(book: Any, sheet: Any) -> None:
    sheet.write_formula(1, 1, "=1+1", None, "2")


WRONG = {
    "picture": (b"\x89PNG\r\n\x1a\n", 415, "picture"),
    "empty": (b"", 422, "The file is empty."),
    "headings": (b"Area Code,Value\nE1,2\n", 422, "Part of the duty"),
    "bomb": (
        raw_workbook("<worksheet/>", **{"xl/media/a.bin": b"0" * 90_000_000}),
        413,
        "too large when it is unpacked",
    ),
    "no workbook": (zipped({"a.txt": "a"}), 422, "compressed file"),
    "old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 415, "password"),
    "rows": (csv_file(*({"Title": str(n)} for n in range(201))), 422, "201 rows. Send at most 200"),
    "bytes": (b"a" * 1_050_000, 413, "larger than 1 MB"),
    "body": (b"a" * 1_500_000, 413, "larger than 1 MB"),
}


@pytest.mark.parametrize(("content", "status", "words"), WRONG.values(), ids=WRONG)
def test_a_file_that_is_none_is_refused_with_what_to_do(
    editor: Client, people: People, content: bytes, status: int, words: str
) -> None:
    answer = send(editor, people, content)

    assert answer.status_code == status
    assert words in answer.content.decode()
    assert "<title>Error: " in re.sub(r"\s+", " ", answer.content.decode())
    assert not Commitment.objects.exists()


def test_a_formula_is_refused_at_its_cell(editor: Client, people: People) -> None:
    answer = send(editor, people, book_file(to(people, Title=""), change=formula))

    assert problems(answer) == [
        ("Row 2, column B", "This cell is a formula. Copy the column and paste it as values.")
    ]


def test_without_a_file_one_is_asked_for(editor: Client, people: People) -> None:
    answer = editor.post(address(people), {})

    assert answer.status_code == 422
    assert "Choose a file" in answer.content.decode()


def test_rows_that_somebody_changed_or_carried_elsewhere_are_not_taken(
    client: Client, people: People
) -> None:
    client.force_login(people.by_role["authority_editor"])
    signed = carried(send(client, people, csv_file(to(people))))

    changed = confirm(client, people, f"{signed}x")
    client.force_login(people.by_role["board_editor"])
    elsewhere = confirm(client, people, signed, side="board")
    client.force_login(people.by_role["authority_signatory"])
    by_another = confirm(client, people, signed)

    assert [answer.status_code for answer in (changed, elsewhere, by_another)] == [422] * 3
    assert "Choose your file again" in changed.content.decode()
    assert not Commitment.objects.exists()


def test_a_row_that_is_refused_by_the_time_of_the_confirmation_stores_none(
    editor: Client, people: People
) -> None:
    second = PairFactory(authority=people.pair.authority)
    signed = carried(send(editor, people, csv_file(to(people), {"ICB": second.board.slug})))
    second.overlaps.update(sliver=True, coterminosity=None)

    said = problems(confirm(editor, people, signed))

    assert len(said) == 1
    assert "too few people" in said[0][1]
    assert not Commitment.objects.exists()


def test_only_people_of_the_body_who_may_propose_come_in(client: Client, people: People) -> None:
    for side in ("authority", "board"):
        for role, person in people.by_role.items():
            client.force_login(person)
            answers = [
                client.get(address(people, side=side)),
                client.get(address(people, step="-template-csv", side=side)),
                client.get(address(people, step="-columns", side=side)),
                send(client, people, b"", side=side),
                confirm(client, people, "", side=side),
            ]
            own = {f"{side}_editor", f"{side}_signatory"}
            expected = (
                [200, 200, 200, 422, 422] if role in own else [403 if role in CENTRE else 404] * 5
            )
            assert [answer.status_code for answer in answers] == expected, (side, role)


def test_the_queries_of_a_preview_do_not_grow_with_the_rows(editor: Client, people: People) -> None:
    def queries_of(number: int) -> int:
        content = csv_file(*(to(people, Title=f"Promise {n}", **MONEY) for n in range(number)))
        with CaptureQueriesContext(connection) as asked:
            send(editor, people, content)
        return len(asked)

    queries_of(1)

    assert queries_of(60) == queries_of(2)


def test_a_confirmation_asks_a_bounded_number_of_queries_for_each_row(
    editor: Client, people: People
) -> None:
    def queries_of(number: int) -> int:
        content = csv_file(
            *(to(people, Title=f"Promise {number} {n}", **MONEY) for n in range(number))
        )
        signed = carried(send(editor, people, content))
        with CaptureQueriesContext(connection) as asked:
            confirm(editor, people, signed)
        return len(asked)

    few, many = queries_of(2), queries_of(12)

    # A proposal with its money: locks, look-ups, two rows and two audit rows, each in one piece.
    assert (many - few) / 10 <= 24


def test_a_downloaded_list_may_be_sent_and_says_the_same(client: Client, people: People) -> None:
    client.force_login(people.by_role["authority_editor"])
    row = CommitmentFactory(
        pair=people.pair,
        title="=Share one list",
        description="Both do.",
        stage="output",
        theme="housing",
        authority_owner="Head of health",
        board_owner="Head of lists",
        proposed_side=Side.AUTHORITY,
        target_date=timezone.now().date() + timedelta(days=90),
    )
    slug = people.pair.authority.slug
    content = client.get(reverse("commitments:authority-csv", args=[slug])).content

    shown = send(client, people, content)
    confirm(client, people, carried(shown), alike="propose_too")

    copy = Commitment.objects.exclude(pk=row.pk).get()
    for name in (
        *("pair", "title", "description", "specification", "stage", "theme", "resources"),
        *("visibility", "authority_owner", "board_owner", "target_date", "no_date_reason", "lead"),
    ):
        assert getattr(copy, name) == getattr(row, name), name


def test_the_template_is_read_once_it_is_filled_in(editor: Client, people: People) -> None:
    answer = editor.get(address(people, step="-template-csv"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    headings = next(csv.reader(io.StringIO(text)))
    dictionary = editor.get(address(people, step="-columns")).content.decode("utf-8-sig")

    filled = csv_file(to(people)).decode()
    row = next(csv.DictReader(io.StringIO(filled)))
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerow([row.get(name, "") for name in headings])

    assert send(editor, people, out.getvalue().encode()).status_code == 200
    described = [line["column"] for line in csv.DictReader(io.StringIO(dictionary))]
    assert described == headings


def test_a_workbook_template_opens_with_the_same_headings(editor: Client, people: People) -> None:
    answer = editor.get(address(people, step="-template-xlsx"))
    content = b"".join(answer.streaming_content)

    empty = send(editor, people, content)

    assert empty.status_code == 422
    assert "headings but no rows" in empty.content.decode()
