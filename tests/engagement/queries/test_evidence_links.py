"""The weekly job asks links of evidence that can be mended, and tells who can mend them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from authorities.models import Role
from duty.models import LinkCheck, LinkState, RoundState
from duty.queries.links import links_to_ask
from engagement.actions import moderation
from engagement.models import FindingEvidence, OwnView, Pick
from tests.engagement import sight
from tests.factories import engagement as make
from tests.factories import engagement_assessments as national

pytestmark = pytest.mark.django_db

OWN, FOUND = "https://own.example/plan", "https://www.example.org/minutes"


def to_ask() -> set[str]:
    return set(links_to_ask(before=timezone.now()))


def is_dead(url: str) -> None:
    now = timezone.now()
    LinkCheck.objects.create(
        url=url, state=LinkState.DEAD, detail="404", asked_at=now, dead_since=now
    )


@pytest.fixture
def open_round(configuration):
    return sight.open_now()


@pytest.fixture
def own_view(pair, open_round) -> OwnView:
    """A confirmed own view of the authority, with a link behind a statement."""
    view = make.confirmed(pair=pair, round=open_round, side="sa", level="high")
    # As an earlier draft left it: a confirmed view takes no more.
    OwnView.objects.filter(pk=view.pk).update(state="draft", confirmed_at=None, confirmed_by=None)
    first = Pick.objects.filter(view=view).order_by("pk")[0]
    Pick.objects.filter(pk=first.pk).update(evidence_url=OWN, evidence_title="Our plan")
    return view


def test_links_of_own_views_are_asked_while_the_round_takes_views(own_view, open_round):
    assert OWN in to_ask()

    national.move_to(open_round, RoundState.CLOSED)

    assert OWN not in to_ask()


def test_a_page_of_the_site_is_no_link_to_ask(own_view):
    Pick.objects.filter(view=own_view, evidence_url=OWN).update(evidence_url="/commitments/1/")

    assert not {url for url in to_ask() if not url.startswith("http")}


def test_a_dead_link_is_shown_to_its_own_body_alone(pair, own_view):
    is_dead(OWN)
    url = reverse("engagement:own-view", args=[pair.authority.slug, pair.board.slug])

    own = sight.sign_in(make.member(pair.authority)).get(url).content.decode()
    other = sight.sign_in(make.member(pair.board)).get(url).content.decode()

    assert OWN in own
    assert "did not answer" in own
    assert OWN not in other


def test_links_of_findings_are_asked_until_they_are_withdrawn_or_published(pair, round):
    national.move_to(round, RoundState.CLOSED)
    by = national.central()
    made = national.drafted(pair=pair, round=round, levels=("high", "low"), by=by)
    assert FOUND in to_ask()

    national.move_to(round, RoundState.PUBLISHED)
    assert FOUND not in to_ask()
    national.move_to(round, RoundState.CLOSED)
    for row in FindingEvidence.objects.filter(finding__assessment=made):
        moderation.withdraw_evidence(evidence_id=row.pk, reason="Gone.", by=by, at=make.NOW)
    assert FOUND not in to_ask()


def test_a_dead_link_of_a_finding_is_shown_to_the_centre_beside_it(pair, round):
    national.move_to(round, RoundState.CLOSED)
    analyst = national.central(Role.ANALYST)
    national.drafted(pair=pair, round=round, levels=("high", "low"), by=analyst)
    url = reverse("assessments:pair", args=[round.slug, pair.authority.slug, pair.board.slug])
    centre = sight.sign_in(analyst)
    said = "This link did not answer when it was last asked"
    assert said not in centre.get(url).content.decode()

    is_dead(FOUND)

    assert said in centre.get(url).content.decode()
