"""Describing a commitment and stating its money, page by page."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from engagement.models import Commitment, CommitmentMoney, Side, Visibility
from tests.engagement.commitment_people import People, people_of_a_pair
from tests.factories.authorities import PairFactory
from tests.factories.commitment_terms import MoneyFactory, agreed_outcome, agreement_of
from tests.factories.engagement_commitments import (
    AgreedCommitmentFactory,
    ClosedCommitmentFactory,
    CommitmentFactory,
    CommitmentUpdateFactory,
)
from tests.factories.frameworks import FrameworkVersionFactory, TheoryItemFactory, agree
from tests.factories.outcomes import IndicatorFactory

pytestmark = pytest.mark.django_db

KEY = "11111111-1111-4111-8111-111111111111"
LINE = {
    "source": "icb",
    "year": "2026",
    "known": "amount",
    "amount": "£1,200,000",
    "prevention": "yes",
    "purpose": "Two posts",
    "form_key": KEY,
}


@pytest.fixture
def people() -> People:
    return people_of_a_pair()


@pytest.fixture
def agreed(people: People) -> Commitment:
    made: Commitment = AgreedCommitmentFactory(pair=people.pair, title="Share one list")
    return made


def as_(client: Client, people: People, role: str) -> None:
    client.force_login(people.by_role[role])


def url(name: str, row: Commitment, *more: Any) -> str:
    return reverse(f"commitments:{name}", args=[row.pk, *more])


def page_of(client: Client, row: Commitment) -> str:
    return client.get(url("detail", row)).content.decode()


def described(row: Commitment, **said: Any) -> dict[str, Any]:
    words = {
        "specification": "health-team",
        "stage": "output",
        "theme": "housing",
        "resources": "no",
        "owner": "Head of homes",
        "version": row.version,
    }
    return {**words, **said}


def test_a_side_describes_it_and_both_read_what_changed(
    client: Client, people: People, agreed: Commitment
) -> None:
    outcome, agreement = agreed_outcome(people.pair), agreement_of(people.pair)
    indicator = IndicatorFactory(name="People who smoke")
    as_(client, people, "board_editor")
    assert url("describe", agreed) in page_of(client, agreed)
    links = {
        "indicator": indicator.pk,
        "framework_outcome": outcome.pk,
        "agreement": agreement.pk,
    }

    sent = client.post(url("describe", agreed), described(agreed, **links))

    assert sent.status_code == 302
    as_(client, people, "authority_editor")
    page = page_of(client, agreed)
    for words in ("People who smoke", outcome.title, agreement.title, "Head of homes"):
        assert words in page
    assert "Theme: Housing (was: Not said)" in page


def test_only_what_both_sides_know_is_offered(
    client: Client, people: People, agreed: Commitment
) -> None:
    own = agreement_of(people.pair, title="Memorandum of both")
    other = agreement_of(PairFactory(authority=people.pair.authority), title="With another ICB")
    hidden = IndicatorFactory(name="Not described yet", draft=True)
    as_(client, people, "board_editor")

    page = client.get(url("describe", agreed)).content.decode()
    sent = client.post(url("describe", agreed), described(agreed, agreement=other.pk))

    assert own.title in page
    assert other.title not in page
    assert hidden.name not in page
    assert sent.status_code == 422


def test_a_page_that_was_overtaken_keeps_what_was_typed(
    client: Client, people: People, agreed: Commitment
) -> None:
    as_(client, people, "authority_editor")
    client.post(url("describe", agreed), described(agreed))
    as_(client, people, "board_editor")

    late = client.post(url("describe", agreed), described(agreed, owner="Head of care"))
    page = late.content.decode()

    assert late.status_code == 422
    assert "changed this commitment since you opened the page" in page
    assert "Head of care" in page
    now = Commitment.objects.get(pk=agreed.pk)
    assert f'name="version" value="{now.version}"' in page


def test_an_outcome_is_told_as_it_is_in_force_now(
    client: Client, people: People, agreed: Commitment
) -> None:
    first = agreed_outcome(people.pair, title="Homes are warm")
    agreed.framework_outcome = first
    agreed.save()
    as_(client, people, "analyst")
    framework = first.framework_version.framework

    later = FrameworkVersionFactory(framework=framework)
    TheoryItemFactory(framework_version=later, lineage=first.lineage, title="Homes are dry")
    agree(later)

    page = page_of(client, agreed)
    assert f"Homes are warm ({framework.name}, version 1)" in page
    assert f"In force now: Homes are dry ({framework.name}, version 2)" in page


def test_money_is_stated_corrected_and_withdrawn(
    client: Client, people: People, agreed: Commitment
) -> None:
    as_(client, people, "board_editor")
    assert "That is not the same as £0" in page_of(client, agreed)

    for _ in range(2):
        assert client.post(url("state-money", agreed), LINE).status_code == 302
    line = CommitmentMoney.objects.get()
    assert "£1,200,000 stated in 1 of 1 line" in page_of(client, agreed)
    fixed = {**LINE, "amount": "900,000", "form_key": KEY.replace("1", "2")}
    assert client.post(url("correct-money", agreed, line.pk), fixed).status_code == 302
    now = CommitmentMoney.objects.get(superseded_at__isnull=True)
    assert "£900,000 stated in 1 of 1 line" in page_of(client, agreed)
    gone = client.post(url("withdraw-money", agreed, now.pk), {"reason": "Stated elsewhere"})

    assert gone.status_code == 302
    page = page_of(client, agreed)
    assert "Neither side has stated any money" in page
    assert "Stated elsewhere" in page
    assert "£1,200,000. For prevention: yes. Corrected since." in page


def test_what_is_not_known_is_told_apart_from_nought(
    client: Client, people: People, agreed: Commitment
) -> None:
    MoneyFactory(commitment=agreed, amount=None)
    MoneyFactory(commitment=agreed, amount=0, year=2027)
    as_(client, people, "analyst")

    page = page_of(client, agreed)

    assert "Not known" in page
    assert "£0 stated in 1 of 2 lines" in page
    assert url("state-money", agreed) not in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"source": ""}, "Select where it comes from"),
        ({"amount": "1.2m"}, "Enter a number, like"),
        ({"amount": "-5"}, "Enter a number of 0 or more"),
        ({"amount": ""}, "Enter the amount in pounds"),
        ({"known": ""}, "Select whether the amount is known"),
        ({"year": ""}, "Select the financial year"),
        ({"prevention": ""}, "Select whether it is for prevention"),
    ],
)
def test_a_line_that_is_not_whole_is_refused_and_kept(
    client: Client, people: People, agreed: Commitment, wrong: dict[str, str], words: str
) -> None:
    as_(client, people, "board_editor")

    sent = client.post(url("state-money", agreed), {**LINE, **wrong})
    page = sent.content.decode()

    assert sent.status_code == 422
    assert words in page
    assert 'value="Two posts"' in page
    assert not CommitmentMoney.objects.exists()


def test_the_other_side_s_line_stays_as_it_is(
    client: Client, people: People, agreed: Commitment
) -> None:
    line = MoneyFactory(commitment=agreed, side=Side.AUTHORITY)
    as_(client, people, "board_editor")

    assert url("correct-money", agreed, line.pk) not in page_of(client, agreed)
    sent = client.post(url("withdraw-money", agreed, line.pk), {"reason": "Wrong"})

    assert sent.status_code == 422
    assert "only they can correct or withdraw it" in sent.content.decode()


def test_a_line_of_another_commitment_is_not_found(
    client: Client, people: People, agreed: Commitment
) -> None:
    line = MoneyFactory()
    as_(client, people, "authority_editor")

    assert client.get(url("correct-money", agreed, line.pk)).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("analyst", 403), ("other_board_editor", 404)])
@pytest.mark.parametrize("name", ["describe", "state-money"])
def test_only_both_sides_write(
    client: Client, people: People, agreed: Commitment, name: str, who: str, status: int
) -> None:
    as_(client, people, who)

    assert client.get(url(name, agreed)).status_code == status


def test_a_closed_commitment_takes_neither_words_money_nor_updates(
    client: Client, people: People
) -> None:
    row = ClosedCommitmentFactory(pair=people.pair)
    as_(client, people, "board_editor")

    page = page_of(client, row)
    assert url("describe", row) not in page
    assert url("state-money", row) not in page
    update = {"status": "met", "narrative": "Still done", "form_key": KEY}
    for name, said in (
        ("describe", described(row)),
        ("state-money", LINE),
        ("update", update),
    ):
        sent = client.post(url(name, row), said)
        assert sent.status_code == 422
        assert "is closed, so you cannot" in sent.content.decode()


def test_a_proposal_says_what_it_serves_and_who_may_read_it(client: Client, people: People) -> None:
    as_(client, people, "authority_editor")
    agreement = agreement_of(people.pair)
    slugs = [people.pair.authority.slug, people.pair.board.slug]

    sent = client.post(
        reverse("commitments:propose", args=slugs),
        {
            "title": "Fund two posts",
            "specification": "health-team",
            "own_owner": "Head of health",
            "lead": "both",
            "timing": "date",
            "target_date_day": "30",
            "target_date_month": "9",
            "target_date_year": "2040",
            "theme": "housing",
            "stage": "input",
            "resources": "yes",
            "agreement": agreement.pk,
            "visibility": "public",
            "form_key": KEY,
        },
    )

    assert sent.status_code == 302
    made = Commitment.objects.get()
    assert (made.theme, made.stage, made.resources, made.visibility, made.agreement) == (
        "housing",
        "input",
        "yes",
        Visibility.PUBLIC,
        agreement,
    )


def test_what_is_past_its_date_says_so_on_list_and_page(client: Client, people: People) -> None:
    late = AgreedCommitmentFactory(pair=people.pair, target_date=date(2020, 3, 31))
    CommitmentUpdateFactory(commitment=late, status="met")
    as_(client, people, "analyst")
    slugs = [people.pair.authority.slug, people.pair.board.slug]

    words = "Its date, 31 March 2020, has passed and it is not closed."

    assert words in page_of(client, late)
    assert words in client.get(reverse("commitments:pair", args=slugs)).content.decode()


def test_readers_change_with_the_other_side_s_consent_alone(
    client: Client, people: People, agreed: Commitment
) -> None:
    as_(client, people, "board_editor")
    change = {
        "title": agreed.title,
        "description": "",
        "timing": "date",
        "target_date_day": "31",
        "target_date_month": "3",
        "target_date_year": "2027",
        "visibility": "public",
        "reason": "Both may be proud of it.",
        "form_key": KEY,
    }

    assert client.post(url("change", agreed), change).status_code == 302
    agreed.refresh_from_db()
    assert agreed.visibility == Visibility.RESTRICTED
    as_(client, people, "authority_signatory")
    asked = agreed.changes.get()
    assert "Everybody: its title, theme" in page_of(client, agreed)
    assert client.post(url("change-accept", agreed, asked.pk)).status_code == 302

    agreed.refresh_from_db()
    assert agreed.visibility == Visibility.PUBLIC


@pytest.mark.parametrize(("visibility", "says"), [("public", True), ("restricted", False)])
def test_who_confirms_is_told_what_becomes_public(
    client: Client, people: People, visibility: str, says: bool
) -> None:
    row = CommitmentFactory(pair=people.pair, visibility=visibility)
    as_(client, people, "board_signatory")

    page = client.get(url("confirm", row)).content.decode()

    assert ("when you confirm, everybody may read its title" in page) is says
