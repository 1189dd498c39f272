"""The indicators that a round asks figures of: chosen in its draft, frozen when it is scheduled."""

import json

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from authorities.models import AuditEvent, Role
from duty.actions import round_stages, rounds
from duty.models import DutyReturn, Round, RoundHappening
from duty.queries.round_checks import checked
from duty.round_checks import Check
from outcomes.actions import indicator_sets
from outcomes.models import Indicator, IndicatorSet, IndicatorSetVersion
from outcomes.queries.revisions import codes_of, set_revision
from outcomes.queries.rounds import open_rounds
from tests.factories import rounds as make
from tests.factories.authorities import MembershipFactory, StrategicAuthorityFactory
from tests.factories.duty import today
from tests.factories.outcomes import (
    IndicatorFactory,
    IndicatorSetMemberFactory,
    ObservationFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    # A round is scheduled once somebody is expected.
    StrategicAuthorityFactory()
    return make.make_centre().administrator


@pytest.fixture
def causes() -> IndicatorSet:
    """A set of two indicators, the second one first."""
    first = IndicatorSetMemberFactory(order=2, indicator=_indicator("air"))
    IndicatorSetMemberFactory(
        indicator_set=first.indicator_set, order=1, indicator=_indicator("jobs")
    )
    return first.indicator_set


def _indicator(code: str) -> Indicator:
    return IndicatorFactory(
        code=code, name=f"Of {code}", fingertips_id=90000 + len(code), version=3
    )


def change(causes: IndicatorSet, codes: list[str]) -> None:
    read = set_revision(indicator_set=causes, codes=codes_of(indicator_set=causes))
    indicator_sets.change(
        indicator_set=causes,
        facts=indicator_sets.SetFacts(slug=causes.slug, name=causes.name, indicators=tuple(codes)),
        expected_revision=read,
        by=None,
        at=timezone.now(),
    )
    causes.refresh_from_db()


def test_scheduling_freezes_the_set_with_its_definitions_under_a_number(by, causes):
    made = make.scheduled_round(by, indicator_set=causes)

    frozen = made.indicator_set_version
    assert (frozen.indicator_set, frozen.number, frozen.name) == (causes, 1, causes.name)
    assert frozen.indicators == [
        {"code": "jobs", "name": "Of jobs", "version": 3},
        {"code": "air", "name": "Of air", "version": 3},
    ]
    event = RoundHappening.objects.get(round=made, type="schedule")
    assert event.payload["versions"]["indicator set"] == 1
    assert AuditEvent.objects.get(action="indicator_set.versioned").detail["number"] == 1


def test_two_rounds_that_ask_the_same_share_a_version_and_a_change_makes_the_next(by, causes):
    first = make.scheduled_round(by, indicator_set=causes, name="One")
    second = make.scheduled_round(by, indicator_set=causes, name="Two")
    change(causes, ["air"])
    third = make.scheduled_round(by, indicator_set=causes, name="Three")
    Indicator.objects.filter(code="air").update(version=4)
    fourth = make.scheduled_round(by, indicator_set=causes, name="Four")

    numbers = [one.indicator_set_version.number for one in (first, second, third, fourth)]
    assert numbers == [1, 1, 2, 3]
    assert IndicatorSetVersion.objects.count() == 3


def test_a_round_without_a_set_asks_none_and_a_draft_keeps_no_version(by, causes):
    plain = make.scheduled_round(by, name="Plain")
    made = make.scheduled_round(by, indicator_set=causes, name="Causes")
    round_stages.back_to_draft(round_=made, reason="Too early.", by=by, at=timezone.now())
    change(causes, ["air"])
    made.refresh_from_db()

    assert (plain.indicator_set, plain.indicator_set_version) == (None, None)
    assert (made.indicator_set, made.indicator_set_version) == (causes, None)
    again = round_stages.schedule(
        round_=made, reason=make.REASON, seen=make.seen_of(made), by=by, at=timezone.now()
    )
    assert [one["code"] for one in again.indicator_set_version.indicators] == ["air"]


def test_what_a_scheduled_round_asks_is_held_by_the_database(by, causes):
    made = make.scheduled_round(by, indicator_set=causes)
    change(causes, ["air"])
    later = make.scheduled_round(by, indicator_set=causes, name="Later").indicator_set_version
    rows = Round.objects.filter(pk=made.pk)

    for changes in (
        {"indicator_set_version": later},
        {"indicator_set_version": None},
        {"indicator_set": None, "indicator_set_version": None},
    ):
        with (
            pytest.raises(IntegrityError, match="a scheduled round asks what it asks"),
            transaction.atomic(),
        ):
            rows.update(**changes)
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        IndicatorSetVersion.objects.update(name="Another")
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        IndicatorSetVersion.objects.all()._raw_delete("default")

    made.refresh_from_db()
    assert made.indicator_set_version.number == 1


def test_no_round_beyond_a_draft_lacks_the_version_or_has_that_of_another_set(by, causes):
    made = make.draft_round(by, indicator_set=causes)
    other = make.scheduled_round(
        by, name="Other", indicator_set=IndicatorSetMemberFactory().indicator_set
    ).indicator_set_version
    rows = Round.objects.filter(pk=made.pk)

    with (
        pytest.raises(IntegrityError, match="round_beyond_draft_has_its_sets_version"),
        transaction.atomic(),
    ):
        rows.update(state="scheduled")
    with (
        pytest.raises(IntegrityError, match="a round asks a version of its own set"),
        transaction.atomic(),
    ):
        rows.update(state="scheduled", indicator_set_version=other)
    with (
        pytest.raises(IntegrityError, match="indicator_set_version_once"),
        transaction.atomic(),
    ):
        IndicatorSetVersion.objects.create(
            indicator_set=other.indicator_set, number=1, name="x", made_at=timezone.now()
        )
    with (
        pytest.raises(IntegrityError, match="indicator_set_versions_count_from_one"),
        transaction.atomic(),
    ):
        IndicatorSetVersion.objects.create(
            indicator_set=causes, number=0, name="x", made_at=timezone.now()
        )

    assert Round.objects.get(pk=made.pk).state == "draft"


def test_the_checks_say_what_is_wrong_with_the_set_and_that_it_moved_on(by, causes):
    made = make.draft_round(by, indicator_set=causes)

    def found(round_: Round) -> list[str]:
        row = Round.objects.get(pk=round_.pk)
        return [one.about for one in checked(round_=row).found if one.check is Check.INDICATOR_SET]

    assert found(made) == []
    Indicator.objects.filter(code="air").update(fingertips_id=None)
    assert found(made) == ["air"]
    scheduled = round_stages.schedule(
        round_=made, reason=make.REASON, seen=make.seen_of(made), by=by, at=timezone.now()
    )
    change(causes, ["jobs"])
    assert found(scheduled) == ["moved_on"]


def test_a_copy_asks_the_same_set_as_it_stands_when_it_is_scheduled(client, by, causes):
    made = make.scheduled_round(by, indicator_set=causes)
    client.force_login(by)

    form = client.get(reverse("rounds:copy", args=[made.slug])).context["form"]
    copied = rounds.copy(
        source=made,
        plan=make.plan(name="Copied", indicator_set=form["indicator_set"].value() and causes),
        is_test=False,
        by=by,
        at=timezone.now(),
    )

    assert form["indicator_set"].value() == causes.pk
    assert (copied.indicator_set, copied.indicator_set_version) == (causes, None)


def test_the_rounds_page_says_what_it_asks(client, by, causes):
    client.force_login(by)
    words = {
        "Plain": "No set: each authority sends in what it has",
        "Drafted": f"{causes.name}, as it stands when the round is scheduled",
        "Scheduled": f"{causes.name}, version 1: 2 indicators",
    }
    make.draft_round(by, name="Plain")
    make.draft_round(by, name="Drafted", indicator_set=causes)
    make.scheduled_round(by, name="Scheduled", indicator_set=causes)

    for name, said in words.items():
        page = client.get(reverse("rounds:control", args=[name.lower()])).content.decode()
        assert said in page


def test_a_template_of_the_round_and_its_page_follow_what_was_frozen(client, by, causes):
    authority = StrategicAuthorityFactory()
    made = make.opened_round(by, opens_on=today(), indicator_set=causes)
    change(causes, ["jobs"])
    editor = MembershipFactory(body=authority, role=Role.EDITOR).user
    client.force_login(editor)
    ObservationFactory(indicator=Indicator.objects.get(code="air"), area=authority, owner=authority)

    page = client.get(reverse("outcomes:upload-create", args=[authority.slug])).content.decode()
    file = client.get(
        reverse("outcomes:upload-template-csv", args=[authority.slug]), {"round": made.slug}
    )

    text = b"".join(file.streaming_content).decode()
    asked = open_rounds(body=authority, at=timezone.now())[0].asked
    assert (asked.number, asked.codes) == (1, ("jobs", "air"))
    assert "Of air" in text
    assert "Of jobs" in text
    assert f"What {made.name} asks figures of" in page
    assert page.count("Nothing sent in") == 1


def test_a_program_reads_what_is_asked_by_the_return(client, by, causes):
    authority = StrategicAuthorityFactory()
    made = make.opened_round(by, opens_on=today(), indicator_set=causes)
    client.force_login(MembershipFactory(body=authority, role=Role.EDITOR).user)
    row = DutyReturn.objects.create(
        round=made, authority=authority, state="in_progress", started_at=timezone.now()
    )

    said = client.get(f"/api/v1/returns/{row.pk}/")

    assert json.loads(said.content)["indicators"] == {
        "set": causes.slug,
        "name": causes.name,
        "version": 1,
        "indicators": [
            {"code": "jobs", "name": "Of jobs", "version": 3},
            {"code": "air", "name": "Of air", "version": 3},
        ],
    }
