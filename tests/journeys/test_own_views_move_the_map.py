"""The main job: both sides confirm, the ledger runs, and the centre sees the pair move."""

from importlib import import_module

import pytest
from django.test import Client
from django.urls import reverse

from authorities.models import Role
from engagement.models import NationalPicture, Placement
from outcomes import recompute
from tests.engagement import sight
from tests.factories import engagement as make
from tests.factories.authorities import BoardFactory, PairFactory, StrategicAuthorityFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(autouse=True)
def all_tasks_registered() -> None:
    # The wiring finds the tasks of every app; nothing else may import it.
    import_module("duty.config.celery").app.loader.import_default_modules()


def give_view(client: Client, slugs: list[str], side: str, level: str) -> None:
    """Fill in every statement of a side in the browser's form, check and confirm."""
    data = {"version": "0", "check": "1"}
    for theme in make.themes(side):
        data[f"{theme.code}-level"] = level
        data[f"{theme.code}-title"] = "Plan"
        data[f"{theme.code}-url"] = "https://www.example.org/plan"
    client.post(reverse("engagement:own-view", args=slugs), data)
    confirmed = client.post(
        reverse("engagement:own-view-check", args=slugs), {"version": "1", "level": level}
    )
    assert confirmed.status_code == 302


def test_both_sides_confirm_and_the_national_picture_moves():
    make.load_configuration()
    round = sight.open_now()
    pair = PairFactory(
        authority=StrategicAuthorityFactory(slug="south-testshire"),
        board=BoardFactory(slug="south-testshire"),
    )
    slugs = [pair.authority.slug, pair.board.slug]
    analyst = sight.sign_in(make.central())
    members = {
        "sa": sight.sign_in(make.member(pair.authority, Role.SIGNATORY)),
        "icb": sight.sign_in(make.member(pair.board, Role.SIGNATORY)),
    }

    give_view(members["sa"], slugs, "sa", "high")
    give_view(members["icb"], slugs, "icb", "low")
    finished = recompute.run_pending()

    page = analyst.get(reverse("engagement:national"), {"round": round.slug}).content.decode()
    cell = page.split("Authority high, ICB low</span>")[1].split("</td>")[0]
    assert finished >= 1
    assert Placement.objects.get().group == "pink"
    assert "South Testshire" in cell
    assert "Offer starts with the ICB" in cell
    assert not NationalPicture.objects.filter(public=True).exists()
    assert Client().get(reverse("engagement:national"), {"round": round.slug}).status_code == 404


def test_the_second_run_of_the_ledger_changes_nothing():
    make.load_configuration()
    round = sight.open_now()
    pair = PairFactory()
    make.confirmed(pair=pair, round=round, side="sa", level="high")
    recompute.run_pending()
    before = list(Placement.objects.values())

    make.confirmed(pair=pair, round=round, side="icb", level="high")
    recompute.run_pending()
    after = list(Placement.objects.values())
    recompute.run_pending()

    assert before != after
    assert list(Placement.objects.values()) == after
