"""A framework's life through its actions: proposed, signed by all, declined, changed."""

import uuid
from datetime import timedelta

import pytest

from authorities.models import AuditEvent, Role
from outcomes.access import Acting
from outcomes.actions import frameworks
from outcomes.actions.framework_steps import NotAPartyError, begin_edit
from outcomes.framework_lifecycle import FrameworkRefusedError, Guard
from outcomes.models import (
    FrameworkHappening,
    FrameworkIndicator,
    FrameworkSignature,
    FrameworkVersion,
    ItemKind,
    RecomputeRequest,
    TheoryItem,
    VersionState,
)
from tests.factories import outcomes as make
from tests.factories.authorities import PairFactory, UserFactory

pytestmark = pytest.mark.django_db

NOW = make.NOW


@pytest.fixture
def pair():
    return PairFactory()


@pytest.fixture
def person():
    return UserFactory()


@pytest.fixture
def authority_side(pair):
    return Acting(body=pair.authority, role=Role.SIGNATORY)


@pytest.fixture
def board_side(pair):
    return Acting(body=pair.board, role=Role.SIGNATORY)


@pytest.fixture
def draft(pair, person, authority_side):
    version = frameworks.start(
        authority=pair.authority,
        pairs=[pair],
        name="Healthier for longer",
        form_key=uuid.uuid4(),
        acting=authority_side,
        by=person,
        at=NOW,
    )
    item = TheoryItem.objects.create(
        framework_version=version, kind=ItemKind.OUTCOME, title="People live well", order=1
    )
    FrameworkIndicator.objects.create(
        framework_version=version,
        item=item,
        indicator=make.IndicatorFactory(),
        area=pair.authority,
        breakdown=make.BreakdownFactory(),
        order=1,
        authority_owner="Director of health",
        board_owner="Director of population health",
        no_baseline_reason="Not measured yet.",
        no_target_reason="Nothing to start from.",
    )
    return version


@pytest.fixture
def proposed(draft, person, authority_side):
    return frameworks.propose(
        version=draft, expected_version=1, acting=authority_side, by=person, at=NOW
    )


def signed(version, acting, person, at=NOW):
    return frameworks.sign(
        version=version, content_read=version.content_hash, acting=acting, by=person, at=at
    )


@pytest.fixture
def agreed(proposed, person, authority_side, board_side):
    signed(proposed, authority_side, person)
    return signed(proposed, board_side, person)


def state_of(version):
    return FrameworkVersion.objects.get(pk=version.pk).state


def test_a_form_sent_twice_begins_one_framework(pair, person, authority_side):
    key = uuid.uuid4()
    asked = {
        "authority": pair.authority,
        "pairs": [pair],
        "name": "One",
        "form_key": key,
        "acting": authority_side,
        "by": person,
        "at": NOW,
    }

    first, second = frameworks.start(**asked), frameworks.start(**asked)

    assert first == second
    assert AuditEvent.objects.filter(action="framework.started").count() == 1


def test_a_pair_owns_one_framework_at_a_time(draft, pair, person, authority_side):
    with pytest.raises(frameworks.PartnerTakenError, match="owns a framework"):
        frameworks.start(
            authority=pair.authority,
            pairs=[pair],
            name="Another",
            form_key=uuid.uuid4(),
            acting=authority_side,
            by=person,
            at=NOW,
        )


def test_what_lacks_something_is_not_proposed(draft, person, authority_side):
    FrameworkIndicator.objects.update(board_owner="")

    with pytest.raises(FrameworkRefusedError, match="not complete") as refused:
        frameworks.propose(
            version=draft, expected_version=1, acting=authority_side, by=person, at=NOW
        )

    assert refused.value.guard is Guard.COMPLETE
    assert state_of(draft) == VersionState.DRAFT


def test_the_first_signature_is_partly_and_the_last_agrees(
    proposed, person, authority_side, board_side
):
    first = signed(proposed, authority_side, person)
    between = first.state
    last = signed(proposed, board_side, person)

    assert (between, last.state) == (VersionState.PARTLY_SIGNED, VersionState.AGREED)
    assert last.agreed_at == NOW
    assert RecomputeRequest.objects.filter(subject_id=authority_side.body.pk).count() == 1


def test_signing_twice_signs_once(proposed, person, authority_side):
    signed(proposed, authority_side, person)
    signed(proposed, authority_side, person)

    assert FrameworkSignature.objects.count() == 1
    assert FrameworkHappening.objects.filter(type="sign").count() == 1


def test_another_content_than_was_read_is_not_signed(proposed, person, board_side):
    with pytest.raises(FrameworkRefusedError, match="nothing was stored"):
        frameworks.sign(
            version=proposed, content_read="0" * 64, acting=board_side, by=person, at=NOW
        )

    assert FrameworkSignature.objects.count() == 0


def test_an_edit_voids_signatures(proposed, person, authority_side, board_side):
    first = signed(proposed, authority_side, person)

    begin_edit(
        version=first,
        expected_version=first.version,
        acting=board_side,
        by=person,
        at=NOW + timedelta(minutes=1),
    )

    assert state_of(proposed) == VersionState.DRAFT
    assert FrameworkSignature.objects.get().voided_at == NOW + timedelta(minutes=1)


def test_a_decline_is_kept_with_its_reason_and_voids_signatures(
    proposed, person, authority_side, board_side
):
    first = signed(proposed, authority_side, person)

    frameworks.decline(
        version=proposed,
        content_read=first.content_hash,
        reason=" The target is too low. ",
        acting=board_side,
        by=person,
        at=NOW,
    )

    assert state_of(proposed) == VersionState.DRAFT
    assert FrameworkSignature.objects.get().voided_at is not None
    assert FrameworkHappening.objects.get(type="decline").reason == "The target is too low."


def test_what_is_agreed_stays_in_force_until_the_next_is_agreed(
    agreed, person, authority_side, board_side
):
    draft = frameworks.propose_change(
        version=agreed, reason="New figures.", acting=board_side, by=person, at=NOW
    )
    before = state_of(agreed)
    lineages = set(FrameworkIndicator.objects.values_list("lineage", flat=True))
    proposed = frameworks.propose(
        version=draft, expected_version=1, acting=board_side, by=person, at=NOW
    )
    signed(proposed, board_side, person)
    between = state_of(agreed)
    last = signed(proposed, authority_side, person)

    assert (before, between) == (VersionState.AGREED, VersionState.AGREED)
    assert (state_of(agreed), last.state) == (VersionState.SUPERSEDED, VersionState.AGREED)
    assert len(lineages) == 1
    assert draft.change_reason == "New figures."


def test_one_next_version_at_a_time(agreed, person, authority_side, board_side):
    asked = {"version": agreed, "reason": "New.", "by": person, "at": NOW}
    frameworks.propose_change(acting=authority_side, **asked)

    with pytest.raises(FrameworkRefusedError, match="on its way already"):
        frameworks.propose_change(acting=board_side, **asked)


def test_who_does_not_own_it_takes_no_step(proposed, person):
    stranger = Acting(body=PairFactory().board, role=Role.SIGNATORY)

    with pytest.raises(NotAPartyError):
        signed(proposed, stranger, person)

    assert FrameworkSignature.objects.count() == 0
