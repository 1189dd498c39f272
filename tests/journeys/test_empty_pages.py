"""Pages of a site that has just begun: first nothing but the register, then a round."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django import DjangoDbBlocker

from authorities.models import StrategicAuthority, User
from duty.actions import round_stages
from duty.actions.clock import invented_past
from duty.standing_records import RecordKind
from engagement.management.demonstration import accounts, rounds
from engagement.management.demonstration.dates import open_round
from tests.architecture.addresses import ADDRESSES, Visitor
from tests.architecture.sessions_kept import begin_sessions
from tests.architecture.things import address_of
from tests.conftest import kept_in, serving
from tests.journeys.conftest import WAYS
from tests.journeys.walking import check_not_hollow, is_page, look_at, somebody
from tests.world import FurnishedSite, cloned, end_sessions, turned_to

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_VISITORS = (
    Visitor.ANYBODY,
    Visitor.OWN_SIGNATORY,
    Visitor.BOARD_SIGNATORY,
    Visitor.ANALYST,
    Visitor.READER,
    Visitor.ADMINISTRATOR,
)
# What stands on these does not grow with what people do: tests/journeys/test_every_page.py looks.
_NEVER_EMPTY = (
    *("account", "mfa_", "api-docs", "method", "accessibility", "privacy", "help", "how-it-works"),
    *("authorities:authority-list", "authorities:board", "authorities:council"),
    *("authorities:cluster", "authorities:nhs-region", "authorities:register"),
    *("authorities:person", "authorities:all-people"),
)


@pytest.fixture(scope="module")
def empty_site(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[FurnishedSite]:
    """Serve a site with the register and people, and nothing that anybody has done."""
    with django_db_blocker.unblock():
        migrated = str(connection.settings_dict["NAME"])
        end_sessions()
        with (
            cloned(template=migrated, name=f"{migrated}_empty") as name,
            turned_to(name),
            override_settings(STORAGES=kept_in(tmp_path_factory.mktemp("empty"))),
            serving() as site,
        ):
            call_command("load_register", verbosity=0)
            accounts.make_accounts(at=timezone.now())
            begin_sessions()
            authority = StrategicAuthority.objects.get(slug="south-yorkshire")
            things = {
                "authority": authority.slug,
                "authority_id": str(authority.pk),
                "board": "south-yorkshire",
                "council": "sheffield",
                "cluster": "cornwall-devon",
                "nhs_region": "north-east-and-yorkshire",
                "people_kind": "authorities",
                "record_kind": RecordKind.POST.value,
                "person": str(User.objects.get(email=Visitor.OTHER_EDITOR).pk),
            }
            yield FurnishedSite(site=site, things=things)


def _begin_round() -> dict[str, str]:
    """Open a round as the centre does; return what stands in its addresses."""
    call_command("load_specification", verbosity=0)
    call_command("load_engagement_configuration", verbosity=0)
    dates = open_round(today=timezone.localdate())
    opened_at = datetime.combine(dates.opens_on, time(8, 0), tzinfo=UTC)
    keeper = User.objects.get(email=Visitor.ADMINISTRATOR)
    made = rounds.scheduled(dates=dates, indicator_set=None, by=keeper, at=opened_at)
    with invented_past():
        round_stages.open_round(round_=made, by=None, at=opened_at)
    return {"round": made.slug}


def _pages(things: dict[str, str], *, naming: set[str]) -> dict[Visitor, dict[str, str]]:
    """Return what each visitor is the first to read, of pages that show what is on record."""
    found: dict[Visitor, dict[str, str]] = {visitor: {} for visitor in _VISITORS}
    for name, rule in ADDRESSES.items():
        named = set(rule.named.values())
        first = next((one for one in _VISITORS if rule.get[one] == 200), None)
        if first is None or rule.takes_forms or name.startswith(_NEVER_EMPTY):
            continue
        if not named <= things.keys():
            continue
        address = address_of(name, things=things)
        if is_page(name, address) and (named & naming or not naming):
            found[first][name] = address
    return found


def _walk(
    pages: dict[Visitor, dict[str, str]], *, site: str, browser: Browser
) -> tuple[dict[str, str], dict[str, int]]:
    """Return what is wrong with pages, and which of them do not answer 200."""
    wrong: dict[str, str] = {}
    absent: dict[str, int] = {}
    for visitor, addresses in pages.items():
        with somebody(visitor, browser=browser, site=site, way=WAYS["desktop"]) as person:
            for name, address in addresses.items():
                answer = look_at(person, address)
                assert answer is not None
                if answer.status != 200:
                    absent[name] = answer.status
                    continue
                _picture(name, person.page)
                try:
                    check_not_hollow(person)
                    person.check_page()
                    person.check_as_on_a_phone()
                except AssertionError as error:
                    wrong[name] = str(error)[:1500]
    return wrong, absent


def _picture(name: str, page: Page) -> None:
    """Keep a picture of the page where a person asks for pictures."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder) / f"{name.replace(':', '-')}.png", full_page=True)


def test_pages_of_a_site_without_a_round(empty_site: FurnishedSite, browser: Browser) -> None:
    pages = _pages(empty_site.things, naming=set())

    wrong, absent = _walk(pages, site=empty_site.site, browser=browser)

    assert not wrong, "\n".join(f"{name}: {fault}" for name, fault in wrong.items())
    assert absent == {}
    assert sum(map(len, pages.values())) > 40


def test_pages_of_a_round_that_nobody_has_answered(
    empty_site: FurnishedSite, browser: Browser
) -> None:
    things = empty_site.things | _begin_round()
    pages = _pages(things, naming={"round"})
    for visitor in (Visitor.OWN_SIGNATORY, Visitor.ANALYST):
        pages[visitor]["home"] = address_of("home", things=things)

    wrong, absent = _walk(pages, site=empty_site.site, browser=browser)

    assert not wrong, "\n".join(f"{name}: {fault}" for name, fault in wrong.items())
    assert absent == {}
    assert sum(map(len, pages.values())) > 8
