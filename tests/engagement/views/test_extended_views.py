"""An extension lets an authority finish its own view of a closed round, whatever opened since."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from authorities.models import Role
from duty.models import ExpectedReturn, Round, RoundState
from engagement.models import OwnView
from tests.engagement import sight
from tests.factories import engagement as make
from tests.factories.duty import ExpectedReturnFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(pair) -> Round:
    """A closed round in which the pair's authority has five days more; a later one is open."""
    today = timezone.localdate()
    made: Round = make.RoundFactory(
        opens_on=today - timedelta(days=90),
        due_on=today - timedelta(days=20),
        edits_until=today - timedelta(days=10),
        state=RoundState.CLOSED,
    )
    ExpectedReturnFactory(
        round=made,
        authority=pair.authority,
        extended_due_on=today + timedelta(days=4),
        extended_edits_until=today + timedelta(days=5),
        extension_reason="A storm closed the office.",
    )
    return made


@pytest.fixture
def opened(closed) -> Round:
    today = timezone.localdate()
    made: Round = make.RoundFactory(
        slug="spring-2027",
        name="Spring 2027",
        opens_on=today - timedelta(days=1),
        due_on=today + timedelta(days=50),
        edits_until=today + timedelta(days=60),
    )
    return made


def address(name, pair, round=None):
    url = reverse(f"engagement:{name}", args=[pair.authority.slug, pair.board.slug])
    return f"{url}?round={round.slug}" if round else url


def text_of(browser, url):
    response = browser.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_the_view_of_the_closed_round_is_written_checked_and_confirmed(pair, closed, opened):
    browser = sight.sign_in(make.member(pair.authority, Role.SIGNATORY))
    url = address("own-view", pair, closed)
    sent = {
        "version": "0",
        "check": "1",
        **{f"{theme.code}-level": "partial" for theme in make.themes("sa")},
    }

    response = browser.post(url, sent)

    assert f'action="{url}"' in text_of(browser, url)
    assert (response.status_code, response.url) == (302, address("own-view-check", pair, closed))
    view = OwnView.objects.get()
    assert (view.round, view.side) == (closed, "sa")
    check = text_of(browser, response.url)
    assert f'action="{address("own-view-check", pair, closed)}"' in check
    assert "Autumn 2026" in check


def test_each_page_says_which_round_it_is_and_leads_to_the_other(pair, closed, opened):
    browser = sight.sign_in(make.member(pair.authority))

    of_open = text_of(browser, address("own-view", pair))
    of_closed = text_of(browser, address("own-view", pair, closed))

    assert "This page is about the Spring 2027 round" in of_open
    assert f'href="{address("own-view", pair, closed)}"' in of_open
    assert "This page is about the Autumn 2026 round" in of_closed
    assert f'href="{address("own-view", pair)}"' in of_closed


def test_home_asks_for_both(pair, closed, opened):
    browser = sight.sign_in(make.member(pair.authority))

    home = text_of(browser, "/")

    assert address("own-view", pair, closed) in home
    assert f'href="{address("own-view", pair)}"' in home
    make.confirmed(pair=pair, round=closed, side="sa", level="high")
    assert address("own-view", pair, closed) not in text_of(browser, "/")


def test_once_the_extension_is_over_the_view_is_read_and_not_written(pair, closed, opened):
    over = timezone.localdate() - timedelta(days=1)
    ExpectedReturn.objects.update(extended_due_on=over, extended_edits_until=over)
    browser = sight.sign_in(make.member(pair.authority))
    url = address("own-view", pair, closed)

    text = text_of(browser, url)
    sent = {f"{theme.code}-level": "partial" for theme in make.themes("sa")}
    refused = browser.post(url, {"version": "0", **sent})

    assert f'action="{url}"' not in text
    assert refused.status_code == 422
    assert not OwnView.objects.exists()
    assert "This page is about" not in text_of(browser, address("own-view", pair))
    assert address("own-view", pair, closed) not in text_of(browser, "/")


def test_the_icb_of_the_pair_has_no_extension(pair, closed, opened):
    browser = sight.sign_in(make.member(pair.board))
    url = address("own-view", pair, closed)

    assert f'action="{url}"' not in text_of(browser, url)
    assert "This page is about" not in text_of(browser, address("own-view", pair))
    assert address("own-view", pair, closed) not in text_of(browser, "/")


def test_a_round_that_there_is_not_or_that_has_not_begun_is_not_found(pair, closed, opened):
    planned = make.RoundFactory(slug="autumn-2027", state=RoundState.DRAFT)
    browser = sight.sign_in(make.member(pair.authority))

    for slug in ("nothing", planned.slug):
        assert browser.get(f"{address('own-view', pair)}?round={slug}").status_code == 404
