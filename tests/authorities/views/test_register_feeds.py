"""The pages of files of others: uploaded, decided row by row, made into a change."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from authorities.actions import feed_findings
from authorities.actions.directory import LoadReport
from authorities.models import (
    FeedDecision,
    FeedDifference,
    FeedState,
    RegisterFeed,
    Reorganisation,
    Role,
)
from tests.authorities.feeds import APRIL_2026, NOVEMBER_2026, board_rows, ons_boards, sent
from tests.factories.authorities import JOINED, BoardFactory, NationalMembershipFactory
from tests.factories.feeds import FeedDifferenceFactory, FeedFindingFactory, RegisterFeedFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_files")]
UPLOAD = "/register/feeds/upload/"


@pytest.fixture
def analyst(client: Client) -> Client:
    """Somebody who may decide."""
    client.force_login(NationalMembershipFactory(role=Role.ANALYST).user)
    return client


def upload(client: Client, content: bytes, day: str = "2026-11-20", name: str = "icb.csv") -> Any:
    return client.post(UPLOAD, {"file": sent(content, name), "day": day})


def page_of(row: FeedDifference) -> str:
    return reverse("authorities:feed-row", args=[row.feed_id, row.position])


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_an_analyst_goes_from_a_file_to_a_change(
    analyst: Client, register_loaded: LoadReport
) -> None:
    rows = board_rows(NOVEMBER_2026)
    rows[0][2] = "NHS Elsewhere Integrated Care Board"

    uploaded = analyst.post(
        UPLOAD, {"file": sent(ons_boards(rows), "icb.csv"), "day": "2026-11-20"}, follow=True
    )
    row = FeedDifference.objects.get()
    decided = analyst.post(
        page_of(row),
        {
            "version": row.version,
            "decision": "take",
            "name": "NHS Elsewhere Integrated Care Board",
            "short_name": "Elsewhere",
            "reason": "",
        },
        follow=True,
    )
    made = analyst.post(
        reverse("authorities:feed-change", args=[row.feed_id]),
        {
            "title": "New name",
            "effective_date": "2027-04-01",
            "source": "The order",
            "certainty": "high",
        },
        follow=True,
    )

    assert "To decide (1)" in text_of(uploaded)
    assert "Make a change of the 1 row taken" in text_of(decided)
    assert "New name, on 1 April 2027" in text_of(made)
    change = Reorganisation.objects.get(title="New name")
    assert [operation.kind for operation in change.operations.all()] == ["rename"]


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (b"", 422, "The file is empty."),
        (b"name,place\nA,B\n", 422, "We do not know this layout."),
        (b"%PDF-1.7", 422, "This is a PDF"),
        (b"x" * 10_000_001, 413, "larger than 10 MB"),
        (b"x" * 10_200_000, 413, "larger than 10 MB"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_on_the_page(
    analyst: Client, content: bytes, status: int, words: str
) -> None:
    answer = upload(analyst, content)

    assert answer.status_code == status
    assert words in text_of(answer)
    assert not RegisterFeed.objects.exists()


def test_each_wrong_cell_stands_in_a_table_with_what_to_do(analyst: Client) -> None:
    answer = upload(analyst, b"ICB26CD,ICB26NM\n=1,A\nE54000001,\n")

    assert answer.status_code == 422
    text = text_of(answer)
    assert "Row 2, column A (ICB26CD)" in text
    assert "Row 3, column B (ICB26NM)" in text
    assert "The name is empty. Fill it in or remove the row." in text
    assert not RegisterFeed.objects.exists()


@pytest.mark.parametrize("day", ["", "soon", "1990-01-01", "2199-01-01"])
def test_a_day_that_is_none_is_refused(analyst: Client, day: str) -> None:
    answer = upload(analyst, b"ICB26CD,ICB26NM\nE54000001,A\n", day=day)

    assert answer.status_code == 422
    assert not RegisterFeed.objects.exists()


def test_hostile_text_of_a_file_is_shown_as_text(
    analyst: Client, register_loaded: LoadReport
) -> None:
    content = b'ICB26CD,ICB26NM\nE54000999,"<script>alert(1)</script>"\n'

    answer = analyst.post(
        UPLOAD,
        {"file": sent(content, "<b>x.csv"), "day": "2026-11-20"},
        follow=True,
    )

    assert b"<script>alert" not in answer.content
    assert b"&lt;script&gt;alert" in answer.content


def test_the_list_says_what_the_weekly_look_found(analyst: Client) -> None:
    FeedFindingFactory(
        absent=[["E54000001", "North"], ["E54000002", "South"]], unknown=[["E54000999", "New"]]
    )

    text = text_of(analyst.get("/register/feeds/"))

    assert "Last checked 20 November 2026 at 10:00am." in text
    assert (
        "2 open bodies are absent from the newest ONS file of ICBs (1 April 2026), 1 code is "
        "unknown to us."
    ) in text
    assert "Absent: North (E54000001), South (E54000002)" in text
    assert "Unknown: New (E54000999)" in text


def test_the_list_says_that_all_is_well_or_that_nothing_was_looked_through(
    analyst: Client,
) -> None:
    before = text_of(analyst.get("/register/feeds/"))
    RegisterFeedFactory()
    feed_findings.check_feeds(today=date(2026, 11, 23), at=JOINED)
    missing = text_of(analyst.get("/register/feeds/"))
    FeedFindingFactory._meta.model.objects.update(fault="")
    after = text_of(analyst.get("/register/feeds/"))

    assert "has not been looked through yet" in before
    assert "No file has been uploaded yet." in before
    assert "The file could not be found. Upload it again." in missing
    assert "no code in it is unknown to us" in after


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        ("to-decide", "Every row is decided."),
        ("added", "The file has no code that is unknown to us."),
        ("unknown", "Every row could be placed."),
        ("", "The file says what the register says."),
    ],
)
def test_an_empty_filter_says_so(analyst: Client, shown: str, words: str) -> None:
    feed = RegisterFeedFactory()

    assert words in text_of(analyst.get(f"/register/feeds/{feed.pk}/", {"show": shown}))


def test_a_filter_that_does_not_exist_is_no_page(analyst: Client) -> None:
    feed = RegisterFeedFactory()

    assert analyst.get(f"/register/feeds/{feed.pk}/", {"show": "nothing"}).status_code == 404


def test_a_long_list_is_paged(analyst: Client) -> None:
    feed = RegisterFeedFactory()
    for position in range(1, 31):
        FeedDifferenceFactory(feed=feed, position=position, name=f"Board {position:02}")

    first = text_of(analyst.get(f"/register/feeds/{feed.pk}/"))
    second = text_of(analyst.get(f"/register/feeds/{feed.pk}/", {"page": "2"}))

    assert "Board 25" in first
    assert "Board 26" not in first
    assert "Board 26" in second
    assert 'aria-label="Page 2"' in first


def test_a_reader_of_the_centre_sees_a_row_and_no_form(client: Client) -> None:
    client.force_login(NationalMembershipFactory(role=Role.MODERATOR).user)
    row = FeedDifferenceFactory()

    answer = client.get(page_of(row))

    assert answer.status_code == 200
    assert "Keep the decision" not in text_of(answer)
    assert client.post(page_of(row), {}).status_code == 403


def test_a_match_by_name_is_offered_and_not_chosen(
    analyst: Client, register_loaded: LoadReport
) -> None:
    content = b"CAUTH26CD,CAUTH26NM\nE47000001,Greater Manchester\nE47000099,Cumbria\n"
    upload(analyst, content)
    row = FeedDifference.objects.get(kind="added")

    text = text_of(analyst.get(page_of(row)))
    answer = analyst.post(
        page_of(row), {"version": row.version, "decision": "take", "reason": "", "match": ""}
    )

    assert '<optgroup label="Names like it"> <option value="cumbria">Cumbria</option>' in text
    assert '<option value="" selected>Choose one</option>' in text
    assert answer.status_code == 422
    assert "Choose whether it is a new body or one of ours" in text_of(answer)


def test_a_decision_that_lacks_its_reason_is_refused_on_the_page(analyst: Client) -> None:
    row = FeedDifferenceFactory()

    answer = analyst.post(
        page_of(row),
        {"version": row.version, "decision": "leave", "reason": " ", "name": "", "short_name": ""},
    )

    assert answer.status_code == 422
    assert "Enter why the row is left." in text_of(answer)
    row.refresh_from_db()
    assert row.decision == FeedDecision.UNDECIDED


def test_a_row_that_could_not_be_placed_takes_no_decision(analyst: Client) -> None:
    row = FeedDifferenceFactory(kind="unknown", aspect="body", body=None, body_kind="")

    assert "There is nothing to decide" in text_of(analyst.get(page_of(row)))
    answer = analyst.post(page_of(row), {"version": row.version, "decision": "take", "reason": ""})

    assert answer.status_code == 422


def test_what_guards_refuse_is_said_with_the_row(
    analyst: Client, register_loaded: LoadReport
) -> None:
    rows = board_rows(NOVEMBER_2026)
    rows[0][1], rows[1][1] = rows[1][1], "QZZ"
    upload(analyst, ons_boards(rows))
    row = FeedDifference.objects.get(code=rows[0][0])
    analyst.post(page_of(row), {"version": row.version, "decision": "take", "reason": ""})

    answer = analyst.post(
        reverse("authorities:feed-change", args=[row.feed_id]),
        {"title": "T", "effective_date": "2027-04-01", "source": "s", "certainty": "high"},
    )

    assert answer.status_code == 422
    assert f"{row.name}: The ODS code" in text_of(answer)
    assert not Reorganisation.objects.filter(title="T").exists()


def test_a_review_is_ended_or_the_file_discarded(analyst: Client) -> None:
    row = FeedDifferenceFactory()
    end = reverse("authorities:feed-end", args=[row.feed_id])

    early = analyst.post(end, {"outcome": "finish", "reason": ""})
    unsaid = analyst.post(end, {"outcome": "discard", "reason": ""})
    done = analyst.post(end, {"outcome": "discard", "reason": "Of another year."}, follow=True)
    again = analyst.post(end, {"outcome": "finish", "reason": ""})

    assert (early.status_code, unsaid.status_code, again.status_code) == (422, 422, 422)
    assert "1 row is not decided" in text_of(early)
    assert "Enter why the file is discarded." in text_of(unsaid)
    assert "Of another year." in text_of(done)
    row.feed.refresh_from_db()
    assert row.feed.state == FeedState.DISCARDED


def test_all_differences_are_a_csv_without_formulas(analyst: Client) -> None:
    row = FeedDifferenceFactory(name="=1+1")

    answer = analyst.get(f"/register/feeds/{row.feed_id}/differences.csv")

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("position,difference,aspect,kind_of_body,scheme,code,name")
    assert "'=1+1" in lines[1]
    assert "register-differences-2026-04-01.csv" in answer["Content-Disposition"]


def test_the_same_form_sent_twice_leads_to_one_review(
    analyst: Client, register_loaded: LoadReport
) -> None:
    content = ons_boards(board_rows())

    first = upload(analyst, content, day=APRIL_2026.isoformat())
    second = upload(analyst, content, day=APRIL_2026.isoformat())

    assert first["Location"] == second["Location"]


@pytest.mark.parametrize("rows", [1, 60])
@pytest.mark.parametrize(("page", "most"), [("", 12), ("differences.csv", 6), ("change/", 7)])
def test_pages_of_a_file_ask_as_often_for_many_rows_as_for_one(
    analyst: Client, rows: int, page: str, most: int, django_assert_max_num_queries: Any
) -> None:
    feed, body = RegisterFeedFactory(), BoardFactory()
    by = NationalMembershipFactory(role=Role.LEAD_ANALYST).user
    for position in range(1, rows + 1):
        FeedDifferenceFactory(
            feed=feed,
            position=position,
            body=body,
            decision=FeedDecision.TAKE,
            decided_by=by,
            decided_at=JOINED,
        )

    with django_assert_max_num_queries(most):
        answer = analyst.get(f"/register/feeds/{feed.pk}/{page}")

    assert answer.status_code == 200
