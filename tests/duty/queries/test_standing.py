"""Where the sections of a return stand before anybody has started it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorities.models import Role, StrategicAuthority
from duty.actions import returns
from duty.models import ExpectedReturn, Round, RoundState
from duty.queries.loaded import load
from duty.queries.standing import standing
from duty.sections import SectionState
from tests.factories.authorities import MembershipFactory, StrategicAuthorityFactory
from tests.factories.duty import ExpectedReturnFactory, RoundFactory, today

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def authority() -> StrategicAuthority:
    made: StrategicAuthority = StrategicAuthorityFactory()
    return made


def sections_of(round_: Round, authority: StrategicAuthority) -> set[SectionState]:
    """The states of those sections that ask something."""
    loaded = load(round_=round_, authority=authority)
    found = standing(loaded=loaded, now=timezone.now()).sections
    return set(found.values()) - {SectionState.NOT_NEEDED}


def expecting(authority: StrategicAuthority, **said: object) -> Round:
    made: Round = RoundFactory(**said)
    ExpectedReturnFactory(round=made, authority=authority)
    return made


@pytest.mark.parametrize(
    ("state", "opens_in"),
    [(RoundState.DRAFT, 3), (RoundState.SCHEDULED, 3), (RoundState.SCHEDULED, -1), ("open", -1)],
)
def test_no_section_can_be_started_before_its_return_is(authority, state, opens_in):
    made = expecting(authority, state=state, opens_on=today() + timedelta(days=opens_in))

    assert sections_of(made, authority) == {SectionState.CANNOT_START}


def test_once_it_is_started_every_section_can(authority):
    made = expecting(authority)
    editor = MembershipFactory(body=authority, role=Role.EDITOR).user

    returns.start(round_=made, authority=authority, by=editor, at=timezone.now())

    assert sections_of(made, authority) == {SectionState.NOT_STARTED}


@pytest.mark.parametrize("state", [RoundState.CLOSED, RoundState.PUBLISHED])
def test_after_the_round_nothing_waits_to_be_started(authority, state):
    made = expecting(authority, state=state)

    assert sections_of(made, authority) == {SectionState.NOT_STARTED}


def test_with_an_extension_it_still_does(authority):
    made = expecting(authority, state=RoundState.CLOSED)
    ExpectedReturn.objects.update(
        extended_due_on=today() + timedelta(days=2),
        extended_edits_until=today() + timedelta(days=3),
        extension_reason="A flood",
    )

    assert sections_of(made, authority) == {SectionState.CANNOT_START}


def test_the_task_list_says_so_in_words_and_gives_no_link(authority):
    made = expecting(authority)
    client = Client()
    client.force_login(MembershipFactory(body=authority, role=Role.EDITOR).user)

    response = client.get(reverse("duty:return-tasks", args=[made.slug, authority.slug]))

    page = response.context["page"]
    rows = (*page.duty_sections, *page.about_sections)
    assert {(row.status, row.url) for row in rows} == {("Cannot start yet", "")}
    assert "Cannot start yet" in response.content.decode()
