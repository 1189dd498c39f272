"""All commitments of a body in a table, and how they are chosen."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from engagement.models import PossiblePair, Side
from tests.engagement.commitment_people import People, people_of_a_pair
from tests.factories.authorities import BoardFactory, PairFactory
from tests.factories.engagement_commitments import (
    AgreedCommitmentFactory,
    ChangeFactory,
    ClosedCommitmentFactory,
    CommitmentFactory,
    CommitmentUpdateFactory,
    DeclinedCommitmentFactory,
)

pytestmark = pytest.mark.django_db

OLD = datetime(2025, 1, 10, 9, 0, tzinfo=UTC)


@pytest.fixture
def people() -> People:
    return people_of_a_pair()


def url_of(people: People, *, of: str = "board") -> str:
    slug = people.pair.board.slug if of == "board" else people.pair.authority.slug
    return reverse(f"commitments:{of}-all", args=[slug])


def rows_on(client: Client, url: str) -> dict[str, str]:
    """Return the text of each row of the page's table, by the commitment's title."""
    page = client.get(url)
    assert page.status_code == 200
    body = page.content.decode().partition("<tbody")[2].partition("</tbody>")[0]
    found = {}
    for row in body.split("</tr>")[:-1]:
        title = re.search(r'<a class="govuk-link"[^>]*>([^<]*)</a>', row)
        assert title is not None
        text = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", row.partition("</a>")[2]))
        found[unescape(title.group(1))] = unescape(text).strip()
    return found


def test_a_row_says_with_whom_state_date_both_words_and_what_stands_out(
    client: Client, people: People
) -> None:
    row = AgreedCommitmentFactory(
        pair=people.pair,
        title="Mend <damp> homes",
        theme="housing",
        stage="output",
        target_date=date(2026, 1, 31),
        decided_at=OLD,
    )
    CommitmentUpdateFactory(commitment=row, side=Side.BOARD, status="met", narrative="", at=OLD)
    CommitmentUpdateFactory(commitment=row, side=Side.AUTHORITY, at=OLD + timedelta(days=1))
    client.force_login(people.by_role["board_editor"])

    page = client.get(url_of(people)).content.decode()
    (text,) = rows_on(client, url_of(people)).values()

    assert "Mend &lt;damp&gt; homes" in page
    assert reverse("commitments:detail", args=[row.pk]) in page
    assert "Housing. Output" in text
    assert "Agreed Overdue Views differ 31 January 2026" in text
    assert "Met 10 January 2025" in text
    assert "On track 11 January 2025. Stale." in text
    assert "We said last" in page
    assert "Authority said last" in page
    assert "1 commitment<" in page


def test_what_is_closed_declined_or_proposed_is_listed_after_what_is_open(
    client: Client, people: People
) -> None:
    ClosedCommitmentFactory(pair=people.pair, title="Done", target_date=date(2026, 1, 1))
    DeclinedCommitmentFactory(pair=people.pair, title="Refused", target_date=date(2026, 1, 2))
    AgreedCommitmentFactory(
        pair=people.pair, title="No day", target_date=None, no_date_reason="It depends"
    )
    CommitmentFactory(pair=people.pair, title="Offered", target_date=date(2027, 1, 1))
    client.force_login(people.by_role["analyst"])

    rows = rows_on(client, url_of(people, of="authority"))

    assert list(rows) == ["Offered", "No day", "Done", "Refused"]
    assert "Closed as Met" in rows["Done"]
    assert "Not agreed" in rows["Refused"]
    assert "No date" in rows["No day"]
    assert "None yet" in rows["No day"]


def test_rows_are_chosen_by_all_that_they_are_listed_by(client: Client, people: People) -> None:
    other = PairFactory(board=people.pair.board)
    sent_back = AgreedCommitmentFactory(pair=other, title="Elsewhere", theme="climate")
    AgreedCommitmentFactory(
        pair=people.pair, title="Late", stage="process", target_date=date(2026, 1, 1)
    )
    ClosedCommitmentFactory(pair=people.pair, title="Done")
    client.force_login(people.by_role["board_editor"])
    url = url_of(people)

    chosen = {
        query: set(rows_on(client, f"{url}?{query}"))
        for query in (
            *("theme=climate", "stage=process", "state=closed", "flag=overdue"),
            *(f"partner={other.authority.slug}", "partner=nobody"),
        )
    }

    assert chosen == {
        "theme=climate": {"Elsewhere"},
        "stage=process": {"Late"},
        "state=closed": {"Done"},
        "flag=overdue": {"Late"},
        f"partner={other.authority.slug}": {sent_back.title},
        "partner=nobody": {"Elsewhere", "Late", "Done"},
    }
    page = client.get(f"{url}?partner={other.authority.slug}").content.decode()
    assert f'<option value="{other.authority.slug}" selected>' in page
    assert "Show all" in client.get(f"{url}?theme=housing").content.decode()


def test_a_page_holds_25_and_one_beyond_the_end_is_the_last(client: Client, people: People) -> None:
    for number in range(26):
        AgreedCommitmentFactory(
            pair=people.pair,
            title=f"Promise {number}",
            theme="housing",
            target_date=date(2027, 1, 1) + timedelta(days=number),
        )
    client.force_login(people.by_role["board_editor"])
    url = f"{url_of(people)}?theme=housing"

    first, last = rows_on(client, url), rows_on(client, f"{url}&page=99")

    assert list(first) == [f"Promise {number}" for number in range(25)]
    assert list(last) == ["Promise 25"]
    page = client.get(f"{url}&page=99").content.decode()
    assert "26 commitments chosen, page 2 of 2" in page
    assert "?theme=housing&amp;page=1" in page


def test_what_a_body_may_go_on_with_is_listed_with_both_old_names(
    client: Client, people: People
) -> None:
    ended = PairFactory(board=BoardFactory(name="NHS Oldshire"))
    row = AgreedCommitmentFactory(
        pair=ended,
        origin_pair=ended,
        moved_on=date(2026, 4, 1),
        unassigned=True,
        needs_reconfirmation=True,
        title="Left over",
    )
    PossiblePair.objects.create(commitment=row, pair=people.pair)
    client.force_login(people.by_role["board_editor"])

    (text,) = rows_on(client, url_of(people)).values()

    assert "NHS Oldshire" in text
    assert "No pair yet" in text
    assert rows_on(client, f"{url_of(people)}?partner={people.pair.authority.slug}").keys() == {
        "Left over"
    }


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("board_editor", 200),
        ("board_signatory", 200),
        ("analyst", 200),
        ("other_board_editor", 404),
        ("authority_editor", 404),
    ],
)
def test_the_list_of_an_icb_is_for_its_people_and_the_centre(
    client: Client, people: People, who: str, status: int
) -> None:
    client.force_login(people.by_role[who])

    assert client.get(url_of(people)).status_code == status


def test_nothing_of_a_draft_or_of_another_body_is_listed(client: Client, people: People) -> None:
    AgreedCommitmentFactory(title="Of others")
    row = AgreedCommitmentFactory(pair=people.pair, title="Ours")
    ChangeFactory(commitment=row, title="In other words", reason="A secret reason")
    client.force_login(people.by_role["board_editor"])

    page = client.get(url_of(people)).content.decode()

    assert "Ours" in page
    assert "Of others" not in page
    assert "In other words" not in page
    assert "secret" not in page


def test_the_page_of_what_is_due_leads_to_the_list_and_back(client: Client, people: People) -> None:
    AgreedCommitmentFactory(pair=people.pair, theme="housing")
    client.force_login(people.by_role["board_editor"])
    due = reverse("commitments:board", args=[people.pair.board.slug])

    assert url_of(people) in client.get(due).content.decode()
    assert f"{url_of(people)}?theme=housing" in client.get(f"{due}?theme=housing").content.decode()
    assert due in client.get(url_of(people)).content.decode()
