"""What the database holds of the mission, whoever writes to it."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from outcomes.models import MissionDefinition, MissionFigure, MissionNote
from tests.factories.authorities import UserFactory
from tests.factories.mission import (
    NOW,
    MissionDefinitionFactory,
    MissionDraftFactory,
    MissionFigureFactory,
    MissionNoteFactory,
)

pytestmark = pytest.mark.django_db


def refused(name):
    return pytest.raises(IntegrityError, match=name)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("definition_state_is_known", {"state": "asleep"}),
        ("definition_choices_are_known", {"sexes": "both"}),
        ("definition_choices_are_known", {"share": "most"}),
        ("definitions_count_from_one", {"number": 0, "reason": "x", "state": "draft"}),
        ("definition_in_use_is_approved", {"approved_at": None}),
        ("definition_in_use_is_approved", {"state": "draft", "approved_at": NOW}),
        ("new_definition_has_a_reason", {"number": 2, "state": "draft"}),
        ("fixed_pair_is_named", {"gap_rule": "fixed_pair", "highest_code": "E12000008"}),
        ("fixed_pair_is_named", {"highest_code": "E12000008", "lowest_code": "E12000001"}),
        (
            "fixed_pair_is_named",
            {"gap_rule": "fixed_pair", "highest_code": "E12000008", "lowest_code": "E12000008"},
        ),
        ("baseline_in_order", {"baseline_last_year": 2020}),
        ("target_after_baseline", {"target_first_year": 2023, "target_last_year": 2025}),
        ("target_after_baseline", {"target_first_year": 2034}),
        ("target_after_baseline", {"target_first_year": 2036, "target_last_year": 2034}),
        ("replaced_definition_says_when", {"state": "replaced", "replaced_at": None}),
        ("replaced_definition_says_when", {"replaced_at": NOW}),
        ("discarded_definition_has_a_reason", {"state": "discarded"}),
    ],
)
def test_a_definition_that_does_not_hold_together_is_refused(name, said):
    with refused(name):
        MissionDefinitionFactory(**said)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("mission_note_says_something", {"text": ""}),
        ("mission_note_says_something", {"signed_as": ""}),
        ("withdrawn_mission_note_says_why", {"withdrawn_at": NOW, "withdrawn_reason": "Wrong."}),
        ("withdrawn_mission_note_says_why", {"withdrawn_reason": "Wrong."}),
    ],
)
def test_a_note_that_does_not_hold_together_is_refused(name, said):
    with refused(name):
        MissionNoteFactory(**said)


def test_a_note_is_withdrawn_with_a_reason_once_and_stays_as_it_was_written():
    # The triggers mission_note_stays and mission_note_never_deleted.
    note = MissionNoteFactory()
    of = MissionNote.objects.filter(pk=note.pk)
    withdrawal = {"withdrawn_at": NOW, "withdrawn_by": UserFactory()}

    with refused("withdrawn_mission_note_says_why"), transaction.atomic():
        of.update(**withdrawal)
    with (
        pytest.raises(IntegrityError, match="a note on the mission stays as it was written"),
        transaction.atomic(),
    ):
        of.update(text="other")
    of.update(**withdrawal, withdrawn_reason="Wrong.")
    with (
        pytest.raises(IntegrityError, match="a note on the mission stays as it was written"),
        transaction.atomic(),
    ):
        of.update(withdrawn_reason="Other.")
    with pytest.raises(DatabaseError, match="Cannot delete rows"):
        note.delete()


def test_one_definition_is_in_use_and_one_is_drafted():
    MissionDefinitionFactory()
    MissionDraftFactory()
    people = UserFactory(), UserFactory()

    with refused("one_definition_in_use"), transaction.atomic():
        MissionDefinitionFactory(number=3, reason="x", made_by=people[0], approved_by=people[1])
    with refused("one_definition_drafted"), transaction.atomic():
        MissionDraftFactory(number=3)


def test_a_definition_in_use_has_two_people_behind_it():
    person = UserFactory()

    for said in (
        {"made_by": person, "approved_by": person},
        {"made_by": person},
        {"approved_by": person},
        # Only the first comes from the project's file.
        {"number": 2, "reason": "x"},
    ):
        with refused("definition_approved_by_a_second_person"), transaction.atomic():
            MissionDefinitionFactory(**said)


def raw(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "column",
    ["words = 'other'", "baseline_first_year = 2020", "source = ''", "approved_at = now()"],
)
def test_what_is_in_use_never_changes(column):
    # The trigger definition_frozen_once_in_use.
    MissionDefinitionFactory()

    with pytest.raises(DatabaseError, match="a definition in use never changes"):
        raw(f"UPDATE outcomes_missiondefinition SET {column}")  # noqa: S608


def test_what_is_in_use_goes_on_to_be_replaced_and_no_further():
    # The trigger definition_ends_once.
    MissionDefinitionFactory()
    raw("UPDATE outcomes_missiondefinition SET state = 'replaced', replaced_at = now()")

    with pytest.raises(DatabaseError, match="Cannot update rows"):
        raw("UPDATE outcomes_missiondefinition SET state = 'in_use', replaced_at = NULL")
    assert MissionDefinition.objects.get().state == "replaced"


def test_a_discarded_draft_does_not_come_back():
    MissionDraftFactory(state="discarded", discarded_reason="A mistake")

    with pytest.raises(DatabaseError, match="Cannot update rows"):
        raw("UPDATE outcomes_missiondefinition SET state = 'draft'")


def test_a_draft_can_be_changed_and_no_definition_be_deleted():
    # The trigger definition_never_deleted.
    MissionDraftFactory()
    raw("UPDATE outcomes_missiondefinition SET words = 'other'")

    with pytest.raises(DatabaseError, match="Cannot delete rows"):
        raw("DELETE FROM outcomes_missiondefinition")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("headline_years_in_order", {"first_year": 2025}),
        ("headline_between_its_limits", {"lower_95": 58.0, "upper_95": 59.0}),
        ("headline_between_its_limits", {"lower_95": 56.0}),
        ("headline_words_are_known", {"sex": "Other"}),
        ("headline_words_are_known", {"measure": "death"}),
        ("headline_words_are_known", {"rank": "middle"}),
    ],
)
def test_a_headline_that_does_not_hold_together_is_refused(name, said):
    with refused(name):
        MissionFigureFactory(**said)


def test_a_headline_stands_once():
    MissionFigureFactory()

    with refused("headline_current_once"):
        MissionFigureFactory(value=58.0)


def test_a_headline_is_superseded_once_and_never_edited_or_deleted():
    # The triggers headline_never_edited, headline_superseded_once and headline_never_deleted.
    MissionFigureFactory()

    with pytest.raises(DatabaseError, match="Cannot update rows"):
        raw("UPDATE outcomes_missionfigure SET value = 60")
    raw("UPDATE outcomes_missionfigure SET superseded_at = now()")
    with pytest.raises(DatabaseError, match="Cannot update rows"):
        raw("UPDATE outcomes_missionfigure SET superseded_at = NULL")
    with pytest.raises(DatabaseError, match="Cannot delete rows"):
        raw("DELETE FROM outcomes_missionfigure")
    assert MissionFigure.objects.get().superseded_at is not None
