"""The commitments under a partnership agreement, by theme, for each party its own."""

import pytest
from django.test import Client
from django.urls import reverse

from authorities.models import IntegratedCareBoard, Pair, Role, User
from engagement.models import Commitment
from tests.factories.agreements import AgreementStory, tell_agreement
from tests.factories.authorities import (
    BoardFactory,
    MembershipFactory,
    NationalMembershipFactory,
    PairFactory,
)
from tests.factories.engagement_commitments import AgreedCommitmentFactory, CommitmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def story() -> AgreementStory:
    told = tell_agreement()
    told.sign(told.authority)
    return told


def pair_of(story: AgreementStory, board: IntegratedCareBoard) -> Pair:
    known = Pair.objects.filter(authority=story.authority, board=board).first()
    return known or PairFactory(authority=story.authority, board=board)


def promised(story: AgreementStory, board: IntegratedCareBoard, title: str, **said: str) -> None:
    AgreedCommitmentFactory(
        pair=pair_of(story, board), title=title, agreement=story.agreement, **said
    )


def shown_to(story: AgreementStory, user: User) -> str:
    client = Client()
    client.force_login(user)
    answer = client.get(reverse("commitments:agreement", args=[story.agreement.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_authority_sees_all_of_them_theme_by_theme(story: AgreementStory) -> None:
    promised(story, story.north, "Warm homes", theme="housing")
    promised(story, story.south, "Advisers in surgeries", theme="work_and_health")
    promised(story, story.north, "Nothing said of its theme", theme="")
    pair = pair_of(story, story.north)
    CommitmentFactory(pair=pair, title="Dry homes", theme="housing", agreement=story.agreement)
    AgreedCommitmentFactory(pair=pair, title="Under no agreement")

    shown = shown_to(story, story.editor)

    for homes in ("Warm homes", "Dry homes"):
        order = [shown.index(one) for one in ("Advisers in", homes, "Nothing said")]
        assert order == sorted(order)
    assert "Under no agreement" not in shown
    table = shown.partition("By theme")[2].partition("</table>")[0]
    cells = [cell.strip() for cell in table.replace("<", ">").split(">") if cell.strip().isdigit()]
    assert cells == ["1", "1", "2", "1", "1", "1", "4", "3"]


def test_an_icb_sees_its_own_pairs_alone_and_the_centre_all(story: AgreementStory) -> None:
    promised(story, story.north, "Warm homes", theme="housing")
    promised(story, story.south, "Advisers in surgeries", theme="work_and_health")

    north = shown_to(story, story.signatory(story.north))
    analyst = shown_to(story, NationalMembershipFactory(role=Role.ANALYST).user)

    assert "Warm homes" in north
    assert "Advisers in surgeries" not in north
    assert "Warm homes" in analyst
    assert "Advisers in surgeries" in analyst


def test_it_is_there_for_parties_alone_and_once_the_authority_has_signed() -> None:
    story = tell_agreement()
    url = reverse("commitments:agreement", args=[story.agreement.pk])
    stranger = MembershipFactory(body=BoardFactory(), role=Role.EDITOR).user

    for user, status in (
        (story.editor, 200),
        (story.signatory(story.north), 404),
        (stranger, 404),
    ):
        client = Client()
        client.force_login(user)
        assert client.get(url).status_code == status
    assert Client().get(url).status_code == 302


def test_without_any_it_says_so_and_the_agreement_leads_there(story: AgreementStory) -> None:
    shown = shown_to(story, story.editor)
    client = Client()
    client.force_login(story.editor)
    page = client.get(reverse("agreements:page", args=[story.agreement.pk])).content.decode()

    assert "No commitment names this agreement yet" in shown
    assert reverse("commitments:agreement", args=[story.agreement.pk]) in page
    assert not Commitment.objects.filter(agreement=story.agreement).exists()
