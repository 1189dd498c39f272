"""A definition is drafted by one person and put in use by another."""

import uuid
from dataclasses import replace

import pytest

from authorities.models import AuditEvent
from outcomes.actions import mission_definitions as actions
from outcomes.actions import mission_files
from outcomes.models import MissionDefinition, MissionReading
from outcomes.queries.mission import shown_mission
from tests.factories.authorities import UserFactory
from tests.factories.mission import NOW

pytestmark = pytest.mark.django_db

FACTS = actions.DefinitionFacts(
    words="As published.",
    areas="regions",
    gap_rule="range",
    highest_code="",
    lowest_code="",
    sexes="each",
    baseline_first_year=2022,
    baseline_last_year=2024,
    baseline_reason="as published",
    share="half",
    target_first_year=2034,
    target_last_year=2036,
    source="A strategy",
    reason="A definition was published.",
)


@pytest.fixture
def first():
    mission_files.load(at=NOW)
    return MissionDefinition.objects.get()


@pytest.fixture
def people():
    return UserFactory(), UserFactory()


def drafted(by, *, key=None, **said):
    return actions.draft(facts=replace(FACTS, **said), form_key=key or uuid.uuid4(), by=by, at=NOW)


def test_a_second_person_puts_a_draft_in_use_and_the_page_follows(first, people):
    made = drafted(people[0])

    actions.approve(number=made.number, expected_revision=1, by=people[1], at=NOW)

    first.refresh_from_db()
    assert (first.state, first.replaced_at) == ("replaced", NOW)
    shown = shown_mission()
    assert (shown.version.number, shown.picture.sexes[0].target) == (2, 3.0)
    assert shown_mission(number=1).picture.sexes[0].target == 3.5
    assert list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))[-2:] == [
        "mission_definition.drafted",
        "mission_definition.approved",
    ]


def test_nobody_approves_what_they_wrote(first, people):
    made = drafted(people[0])

    with pytest.raises(actions.OwnDefinitionError):
        actions.approve(number=made.number, expected_revision=1, by=people[0], at=NOW)

    assert MissionDefinition.objects.in_use().get() == first


def test_who_changed_a_draft_last_wrote_it(first, people):
    made = drafted(people[0])
    actions.change(
        number=made.number,
        facts=replace(FACTS, words="Otherwise."),
        expected_revision=1,
        by=people[1],
        at=NOW,
    )

    with pytest.raises(actions.OwnDefinitionError):
        actions.approve(number=made.number, expected_revision=2, by=people[1], at=NOW)

    actions.approve(number=made.number, expected_revision=2, by=people[0], at=NOW)


def test_a_change_that_changes_nothing_is_none(first, people):
    made = drafted(people[0])

    same = actions.change(
        number=made.number, facts=FACTS, expected_revision=1, by=people[1], at=NOW
    )

    assert (same.revision, same.made_by) == (1, people[0])


@pytest.mark.parametrize("step", ["change", "approve", "discard"])
def test_a_draft_that_was_changed_meanwhile_is_read_again_first(step, first, people):
    made = drafted(people[0])
    actions.change(
        number=made.number,
        facts=replace(FACTS, words="Otherwise."),
        expected_revision=1,
        by=people[0],
        at=NOW,
    )
    more = {"change": {"facts": FACTS}, "approve": {}, "discard": {"reason": "x"}}[step]

    with pytest.raises(actions.DefinitionOvertakenError):
        getattr(actions, step)(
            number=made.number, expected_revision=1, by=people[1], at=NOW, **more
        )


@pytest.mark.parametrize("step", ["change", "approve", "discard"])
def test_what_is_in_use_takes_no_step(step, first, people):
    more = {"change": {"facts": FACTS}, "approve": {}, "discard": {"reason": "x"}}[step]

    with pytest.raises(actions.DefinitionOvertakenError):
        getattr(actions, step)(number=1, expected_revision=1, by=people[1], at=NOW, **more)


def test_the_same_form_sent_twice_makes_one_draft(first, people):
    key = uuid.uuid4()

    assert drafted(people[0], key=key) == drafted(people[0], key=key)


def test_one_draft_is_open_at_a_time(first, people):
    drafted(people[0])

    with pytest.raises(actions.DefinitionRefusedError, match="open already"):
        drafted(people[1])


def test_a_discarded_draft_keeps_its_number_and_its_reason(first, people):
    made = drafted(people[0])
    actions.discard(
        number=made.number, expected_revision=1, reason=" A mistake ", by=people[1], at=NOW
    )

    made.refresh_from_db()
    assert (made.state, made.discarded_reason) == ("discarded", "A mistake")
    assert drafted(people[0]).number == 3


def test_a_draft_is_not_discarded_without_a_reason(first, people):
    made = drafted(people[0])

    with pytest.raises(actions.DefinitionRefusedError) as refused:
        actions.discard(number=made.number, expected_revision=1, reason=" ", by=people[0], at=NOW)

    assert refused.value.field == "reason"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"words": " "}, "words"),
        ({"baseline_reason": ""}, "baseline_reason"),
        ({"source": ""}, "source"),
        ({"reason": ""}, "reason"),
        ({"gap_rule": "fixed_pair"}, "highest_code"),
        (
            {
                "gap_rule": "fixed_pair",
                "highest_code": "E12000001",
                "lowest_code": "E12000001",
            },
            "lowest_code",
        ),
        ({"highest_code": "E12000001"}, "highest_code"),
        ({"target_first_year": 2024, "target_last_year": 2026}, "target_last_year"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(said, field, first, people):
    with pytest.raises(actions.DefinitionRefusedError) as refused:
        drafted(people[0], **said)

    assert refused.value.field == field


def test_a_picture_of_a_draft_is_not_kept(first, people):
    drafted(people[0])

    assert not MissionReading.objects.exists()
