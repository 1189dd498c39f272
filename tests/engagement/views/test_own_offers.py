"""Evidence that the site holds already is chosen, not typed again: what the body may read alone."""

import pytest
from django.urls import reverse
from django.utils import timezone

from authorities.models import Pair
from duty.standing_records import RecordKind
from engagement.models import Pick
from engagement.queries.own_offers import own_offers
from tests.engagement import sight
from tests.factories import engagement as make
from tests.factories.duty import submit, tell_return
from tests.factories.engagement_commitments import AgreedCommitmentFactory, CommitmentFactory
from tests.factories.standing_records import on_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_round(configuration):
    return sight.open_now()


def titles(pair, round, side) -> set[str]:
    found = own_offers(round=round, pair=pair, side=side, on=timezone.localdate())
    return {one.title for one in found}


def test_agreed_commitments_are_offered_to_both_and_proposals_to_nobody(pair, open_round):
    AgreedCommitmentFactory(pair=pair, title="Warm homes together")
    CommitmentFactory(pair=pair, title="A proposal")

    for side in ("sa", "icb"):
        assert titles(pair, open_round, side) == {"Warm homes together"}


def test_agreements_on_record_are_the_authoritys_alone(pair, open_round):
    by = make.member(pair.authority)
    on_record(
        pair.authority,
        RecordKind.AGREEMENT,
        by=by,
        boards=(pair.board.slug,),
        title="Our agreement",
        link="https://www.example.org/agreement",
    )

    assert titles(pair, open_round, "sa") == {"Our agreement"}
    assert titles(pair, open_round, "icb") == set()


def test_what_is_chosen_is_stored_by_title_and_address_and_shown_as_chosen(
    client, pair, open_round
):
    made = AgreedCommitmentFactory(pair=pair, title="Warm homes together")
    held = reverse("commitments:detail", args=[made.pk])
    url = reverse("engagement:own-view", args=[pair.authority.slug, pair.board.slug])
    theme = make.themes("sa")[0].code
    client.force_login(make.member(pair.authority))
    assert f'<option value="{held}"' in client.get(url).content.decode()

    response = client.post(url, {"version": "0", f"{theme}-level": "high", f"{theme}-held": held})

    assert response.status_code == 302
    stored = Pick.objects.get()
    assert (stored.evidence_title, stored.evidence_url) == ("Warm homes together", held)
    assert f'<option value="{held}" selected' in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"title": "Minutes", "url": "https://www.example.org/m"}, "not both"),
        ({"level": ""}, "or remove its evidence"),
        ({"held": "/elsewhere/"}, "Select a valid choice"),
    ],
)
def test_a_choice_that_does_not_fit_is_refused_at_its_place(
    client, pair, open_round, said, message
):
    made = AgreedCommitmentFactory(pair=pair)
    theme = make.themes("sa")[0].code
    client.force_login(make.member(pair.authority))
    fields = {"level": "high", "held": reverse("commitments:detail", args=[made.pk]), **said}

    response = client.post(
        reverse("engagement:own-view", args=[pair.authority.slug, pair.board.slug]),
        {"version": "0", **{f"{theme}-{name}": value for name, value in fields.items()}},
    )

    assert response.status_code == 422
    assert message in response.content.decode()
    assert not Pick.objects.exists()


def test_a_board_is_offered_the_shared_sections_alone_and_nobody_a_draft():
    story = tell_return()
    pair = Pair.objects.get(authority=story.authority, board=story.boards[0])
    today = timezone.localdate()

    def sections(side: str) -> set[str]:
        found = own_offers(round=story.round, pair=pair, side=side, on=today)
        return {one.address.partition("#")[2] for one in found if one.of == "return as submitted"}

    assert sections("sa") == set()
    submit(story)

    assert sections("icb") == {"co-operation", "outcomes-framework"}
    assert {"strategy", "co-operation"} <= sections("sa")
    theirs = own_offers(round=story.round, pair=pair, side="icb", on=today)
    assert not any("strategy" in one.of for one in theirs)
