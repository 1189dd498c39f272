"""Pages ask the database as often for many rows as for few."""

import uuid
from collections.abc import Callable, Iterator
from copy import copy
from datetime import date, timedelta

import pgtrigger
import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker, Settings

from authorities.models import Body, Message, Notice, Pair, StrategicAuthority, User
from duty.models import (
    DutyReturn,
    ExpectedReturn,
    Question,
    ReturnEvent,
    Round,
    RoundState,
    Specification,
)
from duty.standing_records import RecordKind
from engagement.actions import national
from engagement.models import (
    Assessment,
    AssessmentHappening,
    CorrectionState,
    FindingCorrection,
    Interest,
    Publication,
    PublishedPlacement,
    ThreeStepColumn,
)
from engagement.three_steps import PRIORITIES
from outcomes.actions import mission_reading, progress
from outcomes.mission import REGIONS
from outcomes.models import (
    AuthorityIndicator,
    DefinitionState,
    FrameworkHappening,
    FrameworkVersion,
    Indicator,
    Observation,
    ReleaseIndicator,
    Upload,
    UploadState,
    VersionState,
)
from tests.architecture.addresses import Visitor
from tests.architecture.commitment_things import commitment_things, more_commitments
from tests.architecture.framework_things import framework_things, more_frameworks
from tests.architecture.lever_things import lever_things, more_levers, more_partner_views
from tests.architecture.reading_things import approve_copy, reading_things
from tests.architecture.support_things import more_practice, more_support, support_things
from tests.architecture.test_addresses import client_of
from tests.architecture.things import read_to_its_end, waiting_agreement
from tests.factories.authorities import (
    CouncilFactory,
    InvitationFactory,
    MembershipFactory,
    PairFactory,
    StrategicAuthorityFactory,
)
from tests.factories.duty import RoundFactory
from tests.factories.feeds import FeedDifferenceFactory, FeedFindingFactory
from tests.factories.frameworks import (
    CountMeasureFactory,
    CountTargetFactory,
    FrameworkFactory,
    FrameworkIndicatorFactory,
    FrameworkPartnerFactory,
    FrameworkVersionFactory,
    MilestoneFactory,
    TheoryLinkFactory,
    agreed_framework,
)
from tests.factories.mission import (
    MissionDefinitionFactory,
    MissionFigureFactory,
    MissionNoteFactory,
)
from tests.factories.outcomes import (
    BreakdownFactory,
    ComparabilityBreakFactory,
    DomainFactory,
    IndicatorFactory,
    IndicatorSetMemberFactory,
    IndicatorVersionFactory,
    ObservationFactory,
    PeriodFactory,
    ReleaseFactory,
)
from tests.factories.progress import OwnerNoteFactory
from tests.factories.standing_records import on_record
from tests.factories.stored_changes import stored_change
from tests.world import World, cloned, describe, turned_to

pytestmark = pytest.mark.slow

PAIR = "/pairs/south-yorkshire/south-yorkshire/"
AREAS = "/indicators/healthy-life-expectancy-at-birth/areas/"
CORRECT = "/review/pairs/{published}/south-yorkshire/south-yorkshire/sides/sa/correct/"
# Address (with the open round's slug), who asks, and the most queries that it may take.
PINS = [
    ("/health/live/", Visitor.ANYBODY, 0),
    ("/", Visitor.PEOPLE_LEAD, 18),
    ("/authorities/south-yorkshire/people/", Visitor.PEOPLE_LEAD, 14),
    ("/authorities/south-yorkshire/people/", Visitor.OWN_EDITOR, 14),
    ("/authorities/south-yorkshire/people/confirm/", Visitor.PEOPLE_LEAD, 12),
    ("/people/", Visitor.ADMINISTRATOR, 18),
    ("/people/?show=overdue&role=editor", Visitor.ADMINISTRATOR, 18),
    ("/people/{person}/", Visitor.ADMINISTRATOR, 15),
    ("/account/tokens/", Visitor.OWN_EDITOR, 9),
    ("/account/tokens/new/", Visitor.OWN_EDITOR, 6),
    ("/health/ready/", Visitor.ANYBODY, 1),
    ("/national/", Visitor.ANYBODY, 3),
    ("/national/?round={round}", Visitor.ANALYST, 8),
    ("/national/placements.csv", Visitor.ANYBODY, 4),
    (PAIR, Visitor.ANYBODY, 17),
    (PAIR, Visitor.OWN_EDITOR, 43),
    (PAIR, Visitor.ANALYST, 26),
    ("/support/", Visitor.ANYBODY, 3),
    ("/support/offers/{support_offer}/", Visitor.BOARD_SIGNATORY, 9),
    ("/support/offers/{support_offer}/ask/", Visitor.BOARD_SIGNATORY, 20),
    ("/support/own/{authority_id}/", Visitor.OWN_SIGNATORY, 22),
    ("/support/own/{authority_id}/ambassador/", Visitor.OWN_SIGNATORY, 25),
    ("/support/enrolments/{enrolment}/", Visitor.BOARD_SIGNATORY, 20),
    ("/support/links/{peer_link}/", Visitor.BOARD_SIGNATORY, 20),
    ("/support/desk/", Visitor.ANALYST, 25),
    ("/support/desk/suggested/", Visitor.ANALYST, 15),
    ("/support/desk/asked-for/", Visitor.ANALYST, 12),
    ("/support/desk/movement/", Visitor.ANALYST, 12),
    ("/support/desk/offers/{support_offer}/", Visitor.ANALYST, 15),
    ("/support/desk/offers/{support_offer}/to/", Visitor.ANALYST, 25),
    ("/support/desk/sessions/{support_session}/", Visitor.ANALYST, 15),
    ("/support/desk/enrolments/{enrolment}/", Visitor.ANALYST, 15),
    ("/support/desk/links/new/", Visitor.ANALYST, 20),
    ("/levers/", Visitor.OTHER_EDITOR, 12),
    ("/levers/?function=transport", Visitor.ANALYST, 12),
    ("/levers/levers.csv", Visitor.ANALYST, 9),
    ("/authorities/south-yorkshire/levers/", Visitor.OWN_EDITOR, 14),
    ("/authorities/south-yorkshire/levers/levers.csv", Visitor.OWN_EDITOR, 10),
    ("/levers/{lever}/", Visitor.OWN_SIGNATORY, 14),
    ("/api/v1/levers/?page_size=100", Visitor.OWN_EDITOR, 8),
    ("/api/v1/lever-catalogue/?page_size=100", Visitor.ANALYST, 7),
    ("/api/v1/commitments/?page_size=100", Visitor.BOARD_EDITOR, 14),
    ("/api/v1/commitments/{updated_commitment}/money/", Visitor.BOARD_EDITOR, 7),
    ("/api/v1/commitments/{updated_commitment}/particulars/", Visitor.BOARD_EDITOR, 8),
    ("/api/v1/partner-views/?page_size=100", Visitor.ANALYST, 7),
    ("/api/v1/partner-views/?page_size=100", Visitor.OWN_EDITOR, 7),
    ("/review/partner-views.csv", Visitor.ANALYST, 15),
    (f"{PAIR}partner-view/", Visitor.OWN_EDITOR, 31),
    ("/practice/", Visitor.ANYBODY, 5),
    ("/practice/?q=transport&theme=S3&function=transport", Visitor.ANYBODY, 5),
    ("/practice/examples.csv", Visitor.ANYBODY, 5),
    ("/practice/{practice_published}/", Visitor.ANYBODY, 6),
    ("/practice/{practice_proposed}/versions/", Visitor.OWN_EDITOR, 12),
    ("/practice/own/{authority_id}/", Visitor.OWN_EDITOR, 10),
    ("/practice/moderation/", Visitor.MODERATOR, 10),
    ("/api/v1/practice-examples/?q=work", Visitor.ANYBODY, 3),
    ("/api/v1/support-offers/", Visitor.ANYBODY, 3),
    ("/authorities/south-yorkshire/", Visitor.ANYBODY, 30),
    ("/authorities/south-yorkshire/", Visitor.OWN_EDITOR, 34),
    (f"{AREAS}E08000039/", Visitor.ANYBODY, 24),
    (f"{AREAS}E08000039/?as_published=2026-06-01", Visitor.ANYBODY, 24),
    (f"{AREAS}E08000039/values.csv", Visitor.ANYBODY, 24),
    (f"{AREAS}E08000039/groups.csv", Visitor.ANYBODY, 24),
    (f"{AREAS}E92000001/", Visitor.ANYBODY, 24),
    (AREAS, Visitor.ANYBODY, 30),
    (f"{AREAS[:-1]}.csv", Visitor.ANYBODY, 30),
    ("/authorities/south-yorkshire/indicators/uploads/", Visitor.OWN_EDITOR, 6),
    ("/indicators/", Visitor.ANYBODY, 6),
    ("/indicators/", Visitor.ANALYST, 10),
    ("/indicators/catalogue.csv", Visitor.ANYBODY, 4),
    ("/indicators/healthy-life-expectancy-at-birth/", Visitor.ANYBODY, 11),
    ("/indicators/sets/", Visitor.ANYBODY, 3),
    ("/indicators/sets/health-outcomes/", Visitor.ANYBODY, 3),
    ("/indicators/releases/", Visitor.ANYBODY, 6),
    ("/indicators/releases/", Visitor.MODERATOR, 12),
    ("/engagement-settings/", Visitor.ANYBODY, 4),
    ("/engagement-settings/", Visitor.ANALYST, 12),
    ("/engagement-settings/sliver-threshold/", Visitor.ANYBODY, 1),
    ("/engagement-settings/sliver-threshold/{sliver_threshold}/", Visitor.LEAD_ANALYST, 14),
    ("/engagement-settings/rubric/1/", Visitor.ANYBODY, 3),
    ("/engagement-settings/matrix/1/", Visitor.ANALYST, 8),
    ("/engagement-settings/rubric/1/changes/1/", Visitor.ANYBODY, 4),
    ("/engagement-settings/drafts/{reading_draft}/", Visitor.LEAD_ANALYST, 8),
    ("/engagement-settings/drafts/{matrix_draft}/", Visitor.LEAD_ANALYST, 9),
    ("/engagement-settings/drafts/{reading_draft}/preview/?show=all", Visitor.ANALYST, 24),
    ("/engagement-settings/drafts/{reading_draft}/preview.csv", Visitor.ANALYST, 23),
    ("/api/v1/rubrics/", Visitor.ANYBODY, 3),
    ("/api/v1/matrices/", Visitor.ANYBODY, 4),
    ("/mission/hle/", Visitor.ANYBODY, 3),
    ("/mission/hle/", Visitor.ANALYST, 8),
    ("/mission/hle/?definition=1", Visitor.ANYBODY, 3),
    ("/mission/hle/figures.csv", Visitor.ANYBODY, 2),
    ("/mission/definitions/", Visitor.MODERATOR, 7),
    ("/mission/definitions/1/", Visitor.LEAD_ANALYST, 9),
    ("/api/v1/mission/hle/", Visitor.ANYBODY, 3),
    ("/indicators/missing/", Visitor.ANYBODY, 14),
    ("/indicators/missing/missing.csv", Visitor.ANYBODY, 14),
    ("/progress/", Visitor.ANYBODY, 6),
    ("/progress/indicators.csv", Visitor.ANYBODY, 6),
    ("/progress/authorities.csv", Visitor.ANYBODY, 1),
    ("/progress/authorities/south-yorkshire/", Visitor.ANYBODY, 1),
    ("/progress/authorities/south-yorkshire/?status=off_track&sex=female", Visitor.ANYBODY, 1),
    ("/progress/authorities/south-yorkshire/indicators.csv", Visitor.ANYBODY, 9),
    ("/progress/authorities/south-yorkshire/charts.csv", Visitor.ANYBODY, 9),
    ("/progress/pairs/south-yorkshire/south-yorkshire/", Visitor.ANYBODY, 2),
    ("/progress/methods/", Visitor.LEAD_ANALYST, 9),
    ("/rounds/{round}/returns/south-yorkshire/", Visitor.OWN_EDITOR, 24),
    ("/rounds/{round}/returns/south-yorkshire/check/", Visitor.OWN_EDITOR, 28),
    (
        "/rounds/{round}/returns/south-yorkshire/sections/co-operation/questions/CO5/",
        Visitor.OWN_EDITOR,
        30,
    ),
    (
        "/rounds/{round}/returns/south-yorkshire/sections/health-team/questions/HT2/",
        Visitor.OWN_EDITOR,
        26,
    ),
    ("/authorities/south-yorkshire/records/", Visitor.OWN_EDITOR, 12),
    ("/authorities/south-yorkshire/records/posts/", Visitor.OWN_EDITOR, 9),
    ("/authorities/south-yorkshire/records/agreements/", Visitor.OWN_EDITOR, 17),
    ("/icbs/south-yorkshire/agreements/", Visitor.BOARD_EDITOR, 10),
    ("/agreements/{agreement}/", Visitor.OWN_EDITOR, 17),
    ("/agreements/{agreement}/", Visitor.BOARD_SIGNATORY, 17),
    ("/agreements/{agreement}/sign/", Visitor.BOARD_SIGNATORY, 18),
    ("/agreements/{agreement}/document/", Visitor.OWN_EDITOR, 17),
    ("/agreements/{agreement}/commitments/", Visitor.OWN_EDITOR, 20),
    (
        "/rounds/{round}/returns/south-yorkshire/sections/co-operation/evidence/CO5/",
        Visitor.OWN_EDITOR,
        30,
    ),
    ("/review/links/", Visitor.ANALYST, 8),
    ("/review/returns/", Visitor.ANALYST, 9),
    ("/review/returns/?round={round}&show=to-review", Visitor.MODERATOR, 9),
    ("/review/returns/{submitted}/", Visitor.ANALYST, 11),
    ("/review/returns/{submitted}/changes/", Visitor.ANALYST, 10),
    ("/pairs/south-yorkshire/south-yorkshire/commitments/", Visitor.OWN_EDITOR, 14),
    ("/commitments/{updated_commitment}/", Visitor.OWN_EDITOR, 17),
    ("/commitments/{changed_commitment}/", Visitor.BOARD_SIGNATORY, 17),
    ("/commitments/{closing_commitment}/", Visitor.ANALYST, 16),
    (
        "/commitments/{changed_commitment}/changes/{commitment_change}/accept/",
        Visitor.BOARD_SIGNATORY,
        16,
    ),
    ("/authorities/", Visitor.ANYBODY, 15),
    ("/icbs/", Visitor.ANYBODY, 17),
    ("/icbs/south-yorkshire/", Visitor.ANYBODY, 28),
    ("/councils/", Visitor.ANYBODY, 10),
    ("/councils/sheffield/", Visitor.ANYBODY, 20),
    ("/clusters/", Visitor.ANYBODY, 13),
    ("/clusters/cornwall-devon/", Visitor.ANYBODY, 21),
    ("/nhs-regions/", Visitor.ANYBODY, 13),
    ("/nhs-regions/london/", Visitor.ANYBODY, 21),
    ("/register/", Visitor.ANYBODY, 0),
    ("/register/bodies.csv", Visitor.ANYBODY, 3),
    ("/register/overlaps.csv", Visitor.ANYBODY, 4),
    ("/icbs/south-yorkshire/commitments/import/", Visitor.BOARD_EDITOR, 8),
    ("/icbs/south-yorkshire/commitments/", Visitor.BOARD_EDITOR, 21),
    ("/icbs/south-yorkshire/commitments/all/", Visitor.BOARD_EDITOR, 9),
    ("/icbs/south-yorkshire/commitments/all/?flag=due", Visitor.ANALYST, 10),
    ("/authorities/south-yorkshire/commitments/all/?theme=housing", Visitor.OWN_EDITOR, 9),
    ("/icbs/south-yorkshire/commitments.csv?flag=stale", Visitor.BOARD_EDITOR, 12),
    ("/icbs/south-yorkshire/handover/", Visitor.BOARD_SIGNATORY, 23),
    ("/authorities/south-yorkshire/handover/", Visitor.OWN_SIGNATORY, 20),
    ("/geography/", Visitor.ANYBODY, 32),
    ("/geography/", Visitor.ANALYST, 36),
    ("/geography/pairs.csv", Visitor.ANYBODY, 30),
    ("/geography/warnings/", Visitor.ANALYST, 34),
    ("/geography/boundaries/", Visitor.LEAD_ANALYST, 7),
    ("/changes/", Visitor.ANALYST, 7),
    ("/changes/?show=what-if", Visitor.MODERATOR, 7),
    ("/jobs/", Visitor.ADMINISTRATOR, 9),
    ("/rounds/", Visitor.MODERATOR, 7),
    ("/rounds/{round}/control/", Visitor.ANALYST, 25),
    ("/rounds/{round}/control/?show=overdue", Visitor.ADMINISTRATOR, 25),
    ("/rounds/{round}/control/returns.csv", Visitor.ANALYST, 12),
    ("/rounds/{round}/control/answers.csv", Visitor.ANALYST, 15),
    ("/rounds/{round}/control/answers.xlsx", Visitor.ANALYST, 17),
    ("/rounds/{round}/returns/south-yorkshire/answers.csv", Visitor.OWN_EDITOR, 27),
    ("/rounds/{round}/chase/", Visitor.ANALYST, 9),
    ("/rounds/{round}/messages/", Visitor.ADMINISTRATOR, 39),
    ("/messages/", Visitor.ANALYST, 38),
    ("/audit/", Visitor.AUDITOR, 17),
    ("/audit/access/", Visitor.AUDITOR, 17),
    ("/rounds/{round}/checks/", Visitor.ADMINISTRATOR, 18),
    ("/rounds/{round}/history/", Visitor.ADMINISTRATOR, 7),
    ("/rounds/{round}/expected/", Visitor.ADMINISTRATOR, 12),
    ("/specifications/", Visitor.MODERATOR, 8),
    ("/specifications/1/", Visitor.LEAD_ANALYST, 7),
    ("/specifications/1/preview/", Visitor.ANALYST, 6),
    ("/specifications/1/preview/CO5/", Visitor.ANALYST, 6),
    ("/rounds/{published}/publish/", Visitor.LEAD_ANALYST, 21),
    ("/national/revisions/{published}/", Visitor.ANYBODY, 2),
    ("/national/revisions/{published}/1/", Visitor.ANALYST, 11),
    ("/national/revisions/{published}/1/changes/1/", Visitor.ANALYST, 16),
    ("/submitted-returns/", Visitor.READER, 9),
    ("/submitted-returns/", Visitor.BOARD_EDITOR, 8),
    ("/submitted-returns/{published}/south-yorkshire/", Visitor.BOARD_EDITOR, 8),
    ("/review/pairs/", Visitor.ANALYST, 16),
    ("/review/pairs/", Visitor.LEAD_ANALYST, 17),
    ("/review/moderation/", Visitor.MODERATOR, 20),
    ("/submitted-returns/{published}/south-yorkshire/answers.csv", Visitor.READER, 18),
    ("/submitted-returns/{published}/answers.csv", Visitor.READER, 20),
    (f"{PAIR}three-steps/", Visitor.OWN_EDITOR, 12),
    (f"{PAIR}three-steps/", Visitor.ANALYST, 12),
    (f"{PAIR}three-steps/write/", Visitor.OWN_EDITOR, 16),
    (f"{PAIR}three-steps/three-steps.csv", Visitor.ANALYST, 12),
    (f"/api/v1{PAIR}three-steps/", Visitor.BOARD_EDITOR, 11),
    (f"{PAIR}own-view/", Visitor.OWN_EDITOR, 30),
    ("/authorities/south-yorkshire/indicators/uploads/new/", Visitor.OWN_EDITOR, 10),
    ("/review/interests/", Visitor.MODERATOR, 10),
    ("/review/pairs/{published}/south-yorkshire/south-yorkshire/", Visitor.MODERATOR, 45),
    (CORRECT, Visitor.ANALYST, 40),
    ("{correction}", Visitor.ANALYST, 40),
    ("{correction}", Visitor.MODERATOR, 40),
    ("{correction}approve/", Visitor.MODERATOR, 40),
    ("/review/challenges/", Visitor.MODERATOR, 15),
    ("/review/challenges/challenges.csv?show=challenges", Visitor.ANALYST, 15),
    (
        "/rounds/{published}/pairs/south-yorkshire/south-yorkshire/reply/",
        Visitor.OWN_SIGNATORY,
        30,
    ),
    (
        "/rounds/{published}/pairs/south-yorkshire/south-yorkshire/reply/",
        Visitor.BOARD_EDITOR,
        30,
    ),
    ("/register/feeds/", Visitor.ANALYST, 8),
    ("/frameworks/{framework}/counts/", Visitor.ANYBODY, 8),
    ("/frameworks/{framework}/counts/", Visitor.OWN_EDITOR, 12),
    ("/frameworks/{framework}/counts/counts.csv", Visitor.ANYBODY, 8),
    ("/frameworks/{framework}/counts/{measure}/", Visitor.BOARD_EDITOR, 12),
    ("/frameworks/{framework}/counts/{measure}/record/", Visitor.BOARD_EDITOR, 13),
    ("/frameworks/{framework}/reviews/", Visitor.ANYBODY, 12),
    ("/frameworks/{framework}/reviews/", Visitor.OWN_SIGNATORY, 16),
    ("/frameworks/{framework}/reviews/new/", Visitor.OWN_EDITOR, 12),
    ("/frameworks/{framework}/reviews/{signed_review}/", Visitor.ANYBODY, 8),
    ("/frameworks/{framework}/reviews/{drafted_review}/sign/", Visitor.OWN_SIGNATORY, 14),
    ("/indicators/approvals/", Visitor.ANALYST, 9),
    ("/indicators/locks/", Visitor.ANALYST, 9),
    ("/frameworks/", Visitor.ANYBODY, 4),
    ("/frameworks/", Visitor.OWN_EDITOR, 8),
    ("/authorities/south-yorkshire/frameworks/", Visitor.OWN_EDITOR, 19),
    ("/frameworks/{framework}/1/", Visitor.ANYBODY, 30),
    ("/frameworks/{framework}/2/", Visitor.OWN_SIGNATORY, 29),
    ("/frameworks/{framework}/2/draft/", Visitor.OWN_EDITOR, 19),
    ("/frameworks/{framework}/2/sign/", Visitor.OWN_SIGNATORY, 23),
    ("/frameworks/{framework}/2/differences/1/", Visitor.BOARD_EDITOR, 16),
    ("/frameworks/{framework}/1/targets.csv", Visitor.ANYBODY, 9),
    ("/api/v1/frameworks/?page_size=100", Visitor.ANYBODY, 3),
    ("/api/v1/frameworks/{framework}/", Visitor.ANYBODY, 8),
    ("/api/v1/framework-targets/?page_size=100", Visitor.ANYBODY, 3),
    ("/api/v1/framework-counts/?page_size=100", Visitor.ANYBODY, 5),
    ("/api/v1/expert-reviews/?page_size=100", Visitor.ANYBODY, 3),
    ("/api/v1/strategic-authorities/?page_size=100", Visitor.ANYBODY, 14),
    ("/api/v1/icbs/?page_size=100", Visitor.ANYBODY, 17),
    ("/api/v1/pairs/?page_size=100", Visitor.ANYBODY, 8),
    ("/api/v1/bodies/?page_size=100", Visitor.ANYBODY, 3),
    ("/api/v1/codes/?page_size=100", Visitor.ANYBODY, 4),
    ("/api/v1/names/?page_size=100", Visitor.ANYBODY, 4),
    ("/api/v1/overlaps/?page_size=100", Visitor.ANYBODY, 4),
    ("/api/v1/changes/?page_size=100", Visitor.ANYBODY, 4),
    ("/api/v1/placements/?page_size=100", Visitor.ANYBODY, 2),
    ("/api/v1/placements/?status=working", Visitor.ANALYST, 7),
    ("/api/v1/indicators/?page_size=100", Visitor.ANYBODY, 3),
    ("/api/v1/indicator-sets/?page_size=100", Visitor.ANYBODY, 3),
    ("/api/v1/indicator-domains/?page_size=100", Visitor.ANYBODY, 2),
    (f"/api/v1{AREAS}E08000039/", Visitor.ANYBODY, 24),
    ("/api/v1/observations/?page_size=100", Visitor.ANYBODY, 2),
    ("/api/v1/progress/?page_size=100", Visitor.ANYBODY, 4),
    ("/api/v1/returns/?page_size=100", Visitor.ANALYST, 8),
    ("/api/v1/returns/{own}/", Visitor.OWN_EDITOR, 26),
    ("/api/v1/returns/{own}/sections/co-operation/", Visitor.OWN_EDITOR, 22),
    ("/api/v1/returns/{own}/answers/CO5/", Visitor.OWN_EDITOR, 22),
    ("/api/v1/submissions/?page_size=100", Visitor.ANALYST, 5),
    ("/", Visitor.OWN_EDITOR, 57),
    ("/", Visitor.OWN_SIGNATORY, 58),
    ("/", Visitor.OTHER_EDITOR, 55),
    ("/", Visitor.BOARD_EDITOR, 37),
    ("/", Visitor.BOARD_SIGNATORY, 38),
    ("/", Visitor.OTHER_BOARD_EDITOR, 33),
    ("/", Visitor.ANALYST, 24),
    ("/", Visitor.MODERATOR, 19),
    ("/", Visitor.LEAD_ANALYST, 28),
    ("/", Visitor.OWN_EDITOR, 57),
    ("/", Visitor.OWN_SIGNATORY, 58),
    ("/", Visitor.OTHER_EDITOR, 55),
    ("/", Visitor.BOARD_EDITOR, 37),
    ("/", Visitor.BOARD_SIGNATORY, 38),
    ("/", Visitor.OTHER_BOARD_EDITOR, 33),
    ("/", Visitor.ANALYST, 24),
    ("/", Visitor.MODERATOR, 19),
    ("/", Visitor.LEAD_ANALYST, 28),
    ("/", Visitor.READER, 7),
    ("/", Visitor.ADMINISTRATOR, 25),
]


def queries_of(path: str, visitor: Visitor) -> int:
    """Count the queries of one page, for somebody whose session is there already."""
    client = client_of(visitor)
    # Maps are drawn at the first look and kept.
    read_to_its_end(client.get(path))
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = read_to_its_end(client.get(path))
    assert response.status_code in (200, 302)
    # Who looked is kept by one insert, which is no question: tests of the log count it.
    kept = [one for one in captured if 'INTO "authorities_accessevent"' in one["sql"]]
    assert len(kept) <= 1
    return len(captured) - len(kept)


# Who is looked at, and looks at nothing: a page of somebody with more roles has more blocks.
_PERSON = "editor@north-east.example"


def more_people(world: World) -> None:
    """Add people with roles, invited ones, and ended roles."""
    body = StrategicAuthority.objects.get(slug=world.authority)
    person = User.objects.get(email=_PERSON)
    for _ in range(5):
        MembershipFactory(body=body)
        MembershipFactory(body=body, ended_at=timezone.now())
        MembershipFactory(user=person)
        InvitationFactory(body=body)


def more_rounds(world: World) -> None:
    """Publish three more rounds like the published one."""
    published = Publication.objects.current().latest("round__opens_on")
    placements = list(published.placements.all())
    for number in range(1, 4):
        earlier = Round.objects.get(pk=published.round_id)
        back = timedelta(days=200 * number)
        earlier.pk, earlier.slug, earlier.name = uuid.uuid4(), f"earlier-{number}", f"No {number}"
        earlier.covers_from, earlier.covers_to = (
            earlier.covers_from - back,
            earlier.covers_to - back,
        )
        earlier._state.adding = True
        earlier.save()
        revision = Publication.objects.create(
            round=earlier,
            number=1,
            published_at=published.published_at - back,
            approved_at=published.approved_at - back,
            proposed_by=published.proposed_by,
            approved_by=published.approved_by,
        )
        for placement in placements:
            placement.pk, placement.publication = None, revision
        PublishedPlacement.objects.bulk_create(placements)


def more_of_the_desk(world: World) -> None:
    """Declare many interests, and let much happen to a national view."""
    moderator = User.objects.get(email=Visitor.MODERATOR)
    now = timezone.now()
    for body in Body.objects.filter(kind="strategic_authority").order_by("slug")[:12]:
        Interest.objects.create(person=moderator, body=body, what="A friend.", declared_at=now)
    row = Assessment.objects.get(
        round__slug=world.published_round,
        pair__authority__slug=world.authority,
        pair__board__slug=world.board,
    )
    AssessmentHappening.objects.bulk_create(
        AssessmentHappening(assessment=row, type="save", actor=moderator, actor_role="", at=now)
        for _time in range(20)
    )
    more_corrections()


def more_corrections() -> None:
    """Decline many corrections of every pair that was corrected, or may be."""
    now = timezone.now()
    analyst, moderator = (
        User.objects.get(email=email) for email in (Visitor.ANALYST, Visitor.MODERATOR)
    )
    made = [
        FindingCorrection(
            **{
                name: getattr(known, name)
                for name in ("assessment", "side", "level_before", "level", "rationale", "picks")
            },
            computed_level=known.level,
            evidence=known.evidence * 10,
            reason="Again.",
            state=CorrectionState.DECLINED,
            proposed_by=analyst,
            proposed_at=now,
            decided_by=moderator,
            decided_at=now,
            decided_reason="It was right.",
        )
        for known in FindingCorrection.objects.all()
        for _time in range(8)
    ]
    # They would each be proposed first, one after the other.
    with pgtrigger.ignore():
        FindingCorrection.objects.bulk_create(made)


def more_three_steps(world: World) -> None:
    """Let both sides of the pair have checked the three steps in many rounds."""
    pair = Pair.objects.get(authority__slug=world.authority, board__slug=world.board)
    by = User.objects.get(email=Visitor.OWN_EDITOR)
    for round_ in Round.objects.counted().exclude(state__in=["draft", "scheduled"]):
        for side in ("sa", "icb"):
            column, _ = ThreeStepColumn.objects.get_or_create(
                round=round_,
                pair=pair,
                side=side,
                defaults={"updated_at": timezone.now(), "updated_by": by, "version": 1},
            )
            for code in PRIORITIES:
                column.answers.get_or_create(priority=code, defaults={"standing": "begun"})


def more_records(world: World) -> None:
    """Put many posts and agreements on record."""
    by = User.objects.get(email=Visitor.OWN_EDITOR)
    pair = Pair.objects.get(authority__slug=world.authority, board__slug=world.board)
    for number in range(12):
        on_record(pair.authority, RecordKind.POST, by=by, title=f"Post {number}")
        on_record(pair.authority, RecordKind.AGREEMENT, by=by, boards=(pair.board.slug,))


def more_uploads(world: World) -> None:
    """Send in many files."""
    by = User.objects.get(email=Visitor.OWN_EDITOR)
    body = Pair.objects.get(authority__slug=world.authority).authority
    for number in range(12):
        Upload.objects.create(
            body=body,
            uploaded_by=by,
            uploaded_at=timezone.now(),
            file=f"uploads/{number}.csv",
            file_name=f"{number}.csv",
            size=1,
            sha256=f"{number:064}",
            form_key=uuid.uuid4(),
            state=UploadState.REJECTED_FILE,
        )


def more_indicators(world: World) -> None:
    """Give the authority’s page five more indicators like each that it has."""
    for page in AuthorityIndicator.objects.filter(authority__slug=world.authority):
        for number in range(5):
            another = Indicator.objects.create(
                code=f"more-{number}-{page.pk}", name=f"More {number} {page.pk}"
            )
            AuthorityIndicator.objects.create(
                authority=page.authority,
                indicator=another,
                own=page.own,
                content=page.content,
                input_hash=page.input_hash,
                method_version=page.method_version,
                computed_at=page.computed_at,
            )


def more_of_the_catalogue(world: World) -> None:
    """Describe more indicators, with versions, breaks, sets and releases."""
    known = Indicator.objects.get(code=world.indicator)
    for number in range(6):
        IndicatorSetMemberFactory(indicator=IndicatorFactory(domain=DomainFactory()))
        IndicatorSetMemberFactory(indicator=known)
        IndicatorVersionFactory(indicator=known, number=100 + number)
        ComparabilityBreakFactory(indicator=known, starts_on=f"20{10 + number}-01-02")
        release = ReleaseFactory(title=f"Release {number}")
        ReleaseIndicator.objects.create(
            release=release, indicator=known, indicator_version=1, rows=1
        )


def more_feeds(world: World) -> None:
    """Compare the register with many files, each with differences and a finding."""
    kinds = ("council", "integrated_care_board", "strategic_authority")
    for number in range(12):
        row = FeedDifferenceFactory()
        if number < len(kinds):
            FeedFindingFactory(feed=row.feed, kind=kinds[number])


def submitted_return(world: World) -> DutyReturn:
    """A return of the open round that waits for its review."""
    return DutyReturn.objects.get(round__slug=world.round, state="submitted_with_changes")


def more_returns(world: World) -> None:
    """Expect returns of more authorities, and let more happen to one that was submitted."""
    round_ = Round.objects.get(slug=world.round)
    for _ in range(12):
        ExpectedReturn.objects.create(round=round_, authority=StrategicAuthorityFactory())
    waiting = submitted_return(world)
    signed = waiting.events.filter(type="sign").earliest("pk")
    for step in ("request_changes", "sign", "accept", "unaccept") * 3:
        ReturnEvent.objects.create(
            duty_return=waiting,
            type=step,
            actor=signed.actor,
            actor_role=signed.actor_role,
            actor_body=signed.actor_body,
            at=timezone.now(),
            payload={"sections": []},
        )


def more_pairs(world: World) -> None:
    """Publish ten more pairs of new bodies, and draw the picture with them."""
    publication = Publication.objects.current().get(round__slug=world.published_round)
    model = publication.placements.filter(group__isnull=False).order_by("pk")[0]
    placements = []
    for _ in range(10):
        placement = copy(model)
        placement.pk, placement.pair = None, PairFactory()
        placement._state.adding = True
        placements.append(placement)
    PublishedPlacement.objects.bulk_create(placements)
    national.refresh(round=publication.round, at=timezone.now())


def more_questions(world: World) -> None:
    """Ask each text question of the open round five times more."""
    with pgtrigger.ignore("duty.Question:frozen_with_its_specification"):
        for question in Question.objects.filter(answer_type="text").order_by("pk"):
            for number in range(5):
                question.pk = None
                question._state.adding = True
                question.code = f"{question.section[:2].upper()}{question.order}{number}"
                question.order = 1000 + Question.objects.count()
                question.save()


def more_versions(world: World) -> None:
    """Draft many versions, each of them asked by a round."""
    for number in range(12):
        made = Specification.objects.create(version=100 + number, title=f"Version {number}")
        RoundFactory(slug=f"of-version-{number}", specification=made, state=RoundState.DRAFT)


def more_changes(world: World) -> None:
    """Propose, schedule and imagine many changes."""
    analyst = User.objects.get(email=Visitor.ANALYST)
    for number in range(12):
        stored_change(by=analyst, title=f"Proposed {number}")
        stored_change(by=analyst, title=f"Imagined {number}", what_if=True)


def more_messages(world: World) -> None:
    """Send many messages, let others fail, and leave notices that wait."""
    now = timezone.now()
    person = User.objects.get(email=Visitor.OWN_EDITOR)
    held = Round.objects.get(slug=world.round)
    for number in range(12):
        notice = Notice.objects.create(
            kind="round.open",
            key=f"growth {number}",
            about=held.pk,
            occasion=held.pk,
            body_id=person.memberships.earliest("pk").body_id,
            due_at=now,
            next_attempt_at=now,
            addressed_at=None if number % 3 == 0 else now,
        )
        said = {"sent_at": now} if number % 2 else {"failed_at": now, "error": "It stopped."}
        Message.objects.create(
            notice=notice,
            recipient=person,
            subject=f"Number {number}",
            text="Words",
            due_at=now,
            next_attempt_at=now,
            **said,
        )


def more_values(world: World) -> None:
    """Publish many more periods and groups of the indicator, each in a release of its own."""
    indicator = Indicator.objects.get(code=world.indicator)
    for number in range(12):
        for slug, category in (
            ("sheffield", ""),
            ("sheffield", f"Group {number}"),
            ("england", ""),
        ):
            ObservationFactory(
                indicator=indicator,
                area=Body.objects.get(slug=slug, kind__in=["council", "country"]),
                period=PeriodFactory(
                    label=f"{1980 + number}",
                    start_date=date(1980 + number, 1, 1),
                    end_date=date(1981 + number, 1, 1),
                ),
                breakdown=BreakdownFactory(
                    category_type="Groups" if category else "", category=category
                ),
            )


def more_of_the_mission(world: World) -> None:
    """Publish many periods of many regions, and replace some definitions."""
    people = [User.objects.get(email=email) for email in (Visitor.ANALYST, Visitor.LEAD_ANALYST)]
    for number in range(5):
        MissionDefinitionFactory(
            number=10 + number,
            state=DefinitionState.REPLACED,
            reason="A new word.",
            made_by=people[0],
            approved_by=people[1],
        )
        for code, name in REGIONS.items():
            MissionFigureFactory(
                first_year=2000 + number, last_year=2002 + number, area_code=code, area_name=name
            )
        MissionNoteFactory()
    mission_reading.refresh(at=timezone.now())


def more_progress(world: World) -> None:
    """Agree frameworks of many authorities, one with many indicators and notes."""
    now = timezone.now()
    known = Observation.objects.published().current().filter(area__slug="sheffield")
    for number, authority in enumerate(StrategicAuthority.objects.order_by("slug")):
        free = authority.pairs.filter(framework_partners__isnull=True).order_by("pk")
        # One more overlap would count the authority's people twice.
        pair = free.first() or PairFactory(authority=authority, overlap=False)
        framework = FrameworkFactory(authority=authority)
        FrameworkPartnerFactory(framework=framework, pair=pair)
        told: list[dict[str, object]] = [
            {"indicator": one.indicator, "area": one.area, "breakdown": one.breakdown}
            for one in known.order_by("breakdown", "pk").distinct("breakdown")
            if authority.slug == world.authority
        ]
        told += [{} for _ in range(12 - number % 2)]
        version = agreed_framework(framework=framework, indicators=told)
        for indicator in version.indicators.all():
            OwnerNoteFactory(framework_indicator=indicator)
        progress.refresh(authority=authority, at=now)
    progress.refresh_nation(at=now)


def more_of_frameworks(world: World) -> None:
    """Agree more frameworks, and let the change on its way hold and tell more."""
    version = FrameworkVersion.objects.get(
        framework__authority__slug=world.authority, state=VersionState.PARTLY_SIGNED
    )
    with pgtrigger.ignore(
        "outcomes.TheoryItem:changes_in_a_draft_only",
        "outcomes.TheoryLink:changes_in_a_draft_only",
        "outcomes.FrameworkIndicator:changes_in_a_draft_only",
        "outcomes.Milestone:changes_in_a_draft_only",
        "outcomes.CountMeasure:changes_in_a_draft_only",
        "outcomes.CountTarget:changes_in_a_draft_only",
    ):
        for _ in range(8):
            TheoryLinkFactory(framework_version=version)
            place = FrameworkIndicatorFactory(framework_version=version, area=CouncilFactory())
            MilestoneFactory(framework_indicator=place)
            CountTargetFactory(measure=CountMeasureFactory(framework_version=version))
    started = version.happenings.earliest("pk")
    for number in range(12):
        FrameworkHappening.objects.create(
            framework_version=version,
            type="decline",
            actor=started.actor,
            actor_role="signatory",
            actor_body=started.actor_body,
            at=timezone.now(),
            reason=f"Reason {number}",
        )
        other = FrameworkVersionFactory()
        FrameworkPartnerFactory(framework=other.framework)
        with pgtrigger.ignore("outcomes.FrameworkVersion:framework_takes_steps_of_the_table"):
            FrameworkVersion.objects.filter(pk=other.pk).update(
                state=VersionState.AGREED,
                content_hash="x",
                proposed_at=timezone.now(),
                agreed_at=timezone.now(),
            )


def more_readings(world: World) -> None:
    """Approve three more rubrics and matrices beside the drafts."""
    for kind in ("rubric", "matrix"):
        for number in (2, 3, 4):
            approve_copy(kind=kind, number=number)


def more_of_support(world: World) -> None:
    """Offer much to many, and link many."""
    more_support(pair=own_pair(world))
    more_practice(pair=own_pair(world))


def more_levers_and_views(world: World) -> None:
    """Add levers, shared ones and commitments of them, and views of the other side."""
    more_levers(pair=own_pair(world))
    more_partner_views(pair=own_pair(world))


def own_pair(world: World) -> Pair:
    """The pair of the demonstration's own people."""
    return Pair.objects.get(authority__slug=world.authority, board__slug=world.board)


GROWTH: tuple[Callable[[World], None], ...] = (
    more_of_the_catalogue,
    more_feeds,
    more_pairs,
    more_returns,
    more_questions,
    more_people,
    more_rounds,
    lambda world: more_commitments(pair=own_pair(world)),
    more_three_steps,
    more_uploads,
    more_records,
    more_indicators,
    more_values,
    more_of_the_mission,
    # Before those that take the pairs which own no framework yet.
    more_frameworks,
    more_progress,
    more_of_frameworks,
    more_changes,
    more_versions,
    more_readings,
    more_messages,
    more_of_the_desk,
    more_of_support,
    more_levers_and_views,
)


def names_of(world: World) -> dict[str, str]:
    """What stands in addresses."""
    own = DutyReturn.objects.get(round__slug=world.round, authority__slug=world.authority)
    return {
        "round": world.round,
        "published": world.published_round,
        "submitted": str(submitted_return(world).pk),
        "own": str(own.pk),
        "person": str(User.objects.get(email=_PERSON).pk),
        **reading_things(),
        **framework_things(
            pair=Pair.objects.get(authority__slug=world.authority, board__slug=world.board)
        ),
        **framework_things(pair=own_pair(world)),
        **support_things(pair=own_pair(world)),
        **lever_things(),
        **commitment_things(pair=own_pair(world), by=User.objects.get(email=Visitor.OWN_EDITOR)),
        "agreement": waiting_agreement(authority=world.authority),
        "correction": _waiting_correction(),
    }


def _waiting_correction() -> str:
    """The address of the correction that waits for its second person."""
    row = FindingCorrection.objects.select_related(
        "assessment__round", "assessment__pair__authority", "assessment__pair__board"
    ).get(state=CorrectionState.PROPOSED)
    pair = row.assessment.pair
    return reverse(
        "assessments:correction",
        args=[row.assessment.round.slug, pair.authority.slug, pair.board.slug, row.pk],
    )


@pytest.fixture(scope="session")
def grown_clone(
    world_template: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[str, dict[str, str]]]:
    """Clone the demonstration and let everything in it grow; once, since it takes a while."""
    name = f"{world_template}_grown"
    with django_db_blocker.unblock(), cloned(template=world_template, name=name):
        with turned_to(name), override_settings(DEMONSTRATION=True):
            world = describe()
            names = names_of(world)
            for grow in GROWTH:
                grow(world)
        yield name, names


@pytest.fixture
def _turned_to_grown(
    grown_clone: tuple[str, dict[str, str]], settings: Settings, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    settings.DEMONSTRATION = True
    with django_db_blocker.unblock(), turned_to(grown_clone[0]):
        yield


_each_pin = pytest.mark.parametrize(
    ("path", "visitor", "most"), PINS, ids=[f"{p}-{v.name}" for p, v, _ in PINS]
)


@_each_pin
def test_a_page_asks_no_more_than_its_pin(
    path: str, visitor: Visitor, most: int, world: World
) -> None:
    assert queries_of(path.format(**names_of(world)), visitor) <= most


@_each_pin
@pytest.mark.usefixtures("_turned_to_grown", "db")
def test_a_page_asks_no_more_when_there_is_more(
    path: str, visitor: Visitor, most: int, grown_clone: tuple[str, dict[str, str]]
) -> None:
    assert queries_of(path.format(**grown_clone[1]), visitor) <= most
