"""Drafts of rubric and matrix: begun, changed, proposed, declined, approved, discarded."""

import uuid
from dataclasses import replace
from functools import partial

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from authorities.models import AuditEvent, Role
from engagement import map_content, rubric_content
from engagement.actions import configuration
from engagement.actions import reading_drafts as actions
from engagement.map_content import LevelLabels
from engagement.models import (
    DraftAuthor,
    DraftState,
    GroupMap,
    ReadingDraft,
    Rubric,
    SupportGroup,
    Theme,
)
from engagement.queries import reading_versions as queries
from engagement.queries import rubric as rubric_queries
from engagement.version_lifecycle import Guard, StepRefusedError
from tests.factories import engagement as make

pytestmark = pytest.mark.django_db
KEPT = actions.Meaning(kept=True, reason="Only a name changed.")


@pytest.fixture
def analyst():
    return make.central(Role.ANALYST)


@pytest.fixture
def lead():
    return make.central(Role.LEAD_ANALYST)


def begun(by, *, kind="rubric") -> ReadingDraft:
    return actions.begin(
        kind=kind, reason="The guidance changed.", form_key=uuid.uuid4(), by=by, at=make.NOW
    )


def edited(draft, change, *, by) -> ReadingDraft:
    return actions.edit(
        draft_id=draft.pk, expected_revision=draft.revision, change=change, by=by, at=make.NOW
    )


def renamed(content):
    theme = replace(content.theme("S1"), name="Purpose in full")
    return rubric_content.put_theme(content=content, theme=theme, instead_of="S1")


def proposed(by, *, kind="rubric", change=renamed) -> ReadingDraft:
    draft = edited(begun(by, kind=kind), change, by=by)
    return actions.propose(draft_id=draft.pk, expected_revision=draft.revision, by=by, at=make.NOW)


def approved(by, other, **said) -> ReadingDraft:
    draft = proposed(by, **said)
    meaning = KEPT if draft.kind == "rubric" else None
    return actions.approve(
        draft_id=draft.pk,
        expected_revision=draft.revision,
        meaning=meaning,
        by=other,
        at=make.NOW,
    )


def refused(guard):
    return pytest.raises(StepRefusedError, match=r".+", check=lambda error: error.guard is guard)


@pytest.mark.parametrize("kind", ["rubric", "matrix"])
def test_a_draft_starts_from_the_newest_version_and_has_no_fault(configuration, analyst, kind):
    draft = begun(analyst, kind=kind)

    content = queries.draft_by_id(draft_id=draft.pk).content
    assert (draft.origin, draft.state, draft.revision) == (1, DraftState.DRAFT, 1)
    assert actions.faults_of(content=content) == ()
    assert content == queries.version_numbered(kind=kind, number=1).content


def test_the_same_form_sent_twice_makes_one_draft(configuration, analyst):
    key = uuid.uuid4()
    twice = [
        actions.begin(kind="rubric", reason="So.", form_key=key, by=analyst, at=make.NOW)
        for _ in range(2)
    ]

    assert twice[0] == twice[1]
    assert ReadingDraft.objects.count() == 1


def test_one_draft_of_a_kind_is_open_at_a_time(configuration, analyst):
    begun(analyst)
    begun(analyst, kind="matrix")

    with pytest.raises(actions.DraftOpenError, match="open already"):
        begun(analyst)


def test_a_draft_needs_a_reason_and_a_version_to_start_from(db, analyst):
    with pytest.raises(actions.ReasonNeededError):
        actions.begin(kind="rubric", reason=" ", form_key=uuid.uuid4(), by=analyst, at=make.NOW)
    with pytest.raises(actions.NothingToDraftFromError, match="load_engagement_configuration"):
        begun(analyst)


def test_an_approved_rubric_is_the_next_version_and_the_one_before_stays(
    configuration, analyst, lead
):
    draft = approved(analyst, lead)

    made = Rubric.objects.get(version=2)
    assert (draft.state, draft.version, draft.decided_by) == (DraftState.APPROVED, 2, lead)
    assert (made.proposed_by, made.approved_by, made.keeps_meaning) == (analyst, lead, True)
    assert Theme.objects.get(rubric=made, code="S1").name == "Purpose in full"
    assert Theme.objects.get(rubric__version=1, code="S1").name == "Purpose"
    assert Theme.objects.filter(rubric=made).count() == 15
    assert rubric_queries.rule_of(rubric=made) == rubric_queries.rule_of(
        rubric=Rubric.objects.get(version=1)
    )
    said = AuditEvent.objects.order_by("pk").values_list("action", flat=True)
    assert [one for one in said if one.startswith("rubric")][1:] == [
        "rubric.drafted",
        "rubric_draft.changed",
        "rubric_draft.proposed",
        "rubric.approved",
        "rubric_draft.approved",
    ]


def test_an_approved_matrix_keeps_its_words_groups_and_looks(configuration, analyst, lead):
    def change(content):
        group = replace(content.group("green"), name="Pioneers", look="teal")
        changed = map_content.put_group(content=content, group=group, instead_of="green")
        return replace(changed, labels=LevelLabels(high="Strong"))

    approved(analyst, lead, kind="matrix", change=change)

    made = GroupMap.objects.get(version=2)
    assert made.high_label == "Strong"
    green = SupportGroup.objects.get(group_map=made, code="green")
    assert (green.name, green.look) == ("Pioneers", "teal")
    assert len(rubric_queries.groups_by_cell(group_map=made)) == 9
    assert GroupMap.objects.get(version=1).high_label == "High"


def test_a_round_takes_the_newest_approved_version_and_keeps_it(
    configuration, analyst, lead, round
):
    frozen = configuration_frozen(round)
    approved(analyst, lead)
    later = make.RoundFactory(slug="later")

    assert frozen.rubric.version == 1
    assert configuration_frozen(round).rubric.version == 1
    assert configuration_frozen(later).rubric.version == 2


def configuration_frozen(round):
    return configuration.freeze(round=round)


def test_who_wrote_in_a_draft_does_not_approve_it(configuration, analyst, lead):
    draft = proposed(lead)
    # Somebody else was the last to change it and proposes it.
    draft = edited(draft, lambda content: replace(content, source="Newer"), by=analyst)
    draft = actions.propose(
        draft_id=draft.pk, expected_revision=draft.revision, by=analyst, at=make.NOW
    )

    with refused(Guard.SECOND_PERSON):
        actions.approve(
            draft_id=draft.pk,
            expected_revision=draft.revision,
            meaning=KEPT,
            by=lead,
            at=make.NOW,
        )

    assert Rubric.objects.count() == 1


def test_an_approval_of_a_rubric_says_what_levels_mean(configuration, analyst, lead):
    draft = proposed(analyst)
    approve = partial(
        actions.approve,
        draft_id=draft.pk,
        expected_revision=draft.revision,
        by=lead,
        at=make.NOW,
    )

    for meaning in (None, actions.Meaning(kept=False, reason=" ")):
        with pytest.raises(actions.ReasonNeededError, match="mean the same"):
            approve(meaning=meaning)


def test_what_was_changed_meanwhile_is_neither_changed_nor_approved(configuration, analyst, lead):
    draft = proposed(analyst)

    for take in (
        lambda: actions.edit(
            draft_id=draft.pk, expected_revision=1, change=renamed, by=analyst, at=make.NOW
        ),
        lambda: actions.approve(
            draft_id=draft.pk, expected_revision=1, meaning=KEPT, by=lead, at=make.NOW
        ),
        lambda: actions.decline(
            draft_id=draft.pk, expected_revision=1, reason="No.", by=lead, at=make.NOW
        ),
        lambda: actions.discard(
            draft_id=draft.pk, expected_revision=1, reason="No.", by=lead, at=make.NOW
        ),
    ):
        with refused(Guard.REVISION_MATCHES):
            take()


def test_a_draft_with_faults_is_not_proposed(configuration, analyst):
    draft = edited(
        begun(analyst), lambda content: replace(content, high_at_least="4/3"), by=analyst
    )

    with refused(Guard.WITHOUT_FAULTS):
        actions.propose(
            draft_id=draft.pk, expected_revision=draft.revision, by=analyst, at=make.NOW
        )


def test_a_change_takes_a_proposal_back(configuration, analyst):
    draft = edited(proposed(analyst), lambda content: replace(content, source="Newer"), by=analyst)

    assert draft.state == DraftState.DRAFT


def test_a_change_that_changes_nothing_makes_nobody_an_author(configuration, analyst, lead):
    draft = begun(analyst)

    same = edited(draft, lambda content: content, by=lead)

    assert same.revision == 1
    assert not DraftAuthor.objects.filter(person=lead).exists()


def test_a_declined_proposal_comes_back_with_the_reason(configuration, analyst, lead):
    draft = proposed(analyst)

    with refused(Guard.REASON_GIVEN):
        actions.decline(
            draft_id=draft.pk,
            expected_revision=draft.revision,
            reason=" ",
            by=lead,
            at=make.NOW,
        )
    back = actions.decline(
        draft_id=draft.pk,
        expected_revision=draft.revision,
        reason="Say where it comes from.",
        by=lead,
        at=make.NOW,
    )

    assert (back.state, back.declined_reason) == (DraftState.DRAFT, "Say where it comes from.")
    # Who declined wrote nothing, and may approve what is proposed next.
    again = actions.propose(
        draft_id=back.pk, expected_revision=back.revision, by=analyst, at=make.NOW
    )
    assert again.declined_reason == ""
    assert not again.authors.filter(person=lead).exists()


def test_a_discarded_draft_leaves_room_for_another(configuration, analyst):
    draft = begun(analyst)

    gone = actions.discard(
        draft_id=draft.pk, expected_revision=1, reason="Not needed.", by=analyst, at=make.NOW
    )

    assert (gone.state, gone.discarded_reason) == (DraftState.DISCARDED, "Not needed.")
    assert AuditEvent.objects.filter(action="rubric_draft.discarded").exists()
    assert begun(analyst).state == DraftState.DRAFT
    with refused(None):
        edited(gone, renamed, by=analyst)


def test_levels_are_comparable_over_bridges_alone(configuration, analyst, lead):
    def numbers(version):
        return rubric_queries.comparable_with(rubric=Rubric.objects.get(version=version))

    approved(analyst, lead)
    broken = proposed(analyst, change=lambda content: replace(content, low_more_than="1/3"))
    actions.approve(
        draft_id=broken.pk,
        expected_revision=broken.revision,
        meaning=actions.Meaning(kept=False, reason="Low begins earlier."),
        by=lead,
        at=make.NOW,
    )

    assert numbers(1) == numbers(2) == {1, 2}
    assert numbers(3) == {3}


def broken_by(words):
    return pytest.raises((IntegrityError, ProgrammingError), match=words)


def test_the_database_holds_what_two_people_decided(configuration, analyst, lead):
    done = approved(analyst, lead)

    with broken_by("a draft that was decided on stays as it is"), transaction.atomic():
        ReadingDraft.objects.filter(pk=done.pk).update(reason="Another")
    with broken_by("trigger reading_draft_never_deleted|Cannot delete"), transaction.atomic():
        ReadingDraft.objects.filter(pk=done.pk)._raw_delete("default")
    with broken_by("Cannot update or delete"), transaction.atomic():
        DraftAuthor.objects.update(person=lead)


def test_the_database_refuses_steps_that_the_table_does_not_hold(configuration, analyst, lead):
    draft = begun(analyst)
    rows = ReadingDraft.objects.filter(pk=draft.pk)
    decided = {"decided_by": lead, "decided_at": make.NOW}

    with broken_by("a draft does not go from draft to approved"), transaction.atomic():
        rows.update(state="approved", version=2, proposed_by=analyst, **decided)
    rows.update(state="proposed", proposed_by=analyst)
    with broken_by("what is proposed changes as a draft only"), transaction.atomic():
        rows.update(content={})
    DraftAuthor.objects.create(draft=draft, person=lead)
    with broken_by("who wrote in a draft does not approve it"), transaction.atomic():
        rows.update(state="approved", version=2, **decided)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"kind": "looks"}, "reading_draft_words_are_known"),
        ({"reason": ""}, "reading_draft_has_a_reason"),
        ({"state": "proposed"}, "proposed_reading_draft_says_by_whom"),
        ({"version": 2}, "approved_reading_draft_has_a_number"),
        ({"decided_at": make.NOW}, "decided_reading_draft_says_by_whom"),
    ],
)
def test_the_database_refuses_a_draft_that_says_too_little(configuration, analyst, change, name):
    draft = begun(analyst)

    with broken_by(name), transaction.atomic():
        ReadingDraft.objects.filter(pk=draft.pk).update(**change)


def test_the_database_refuses_other_pairs_of_people_and_second_drafts(configuration, analyst, lead):
    draft = proposed(analyst)
    rows = ReadingDraft.objects.filter(pk=draft.pk)
    with (
        broken_by("reading_draft_approved_by_a_second_person|who wrote in a draft"),
        transaction.atomic(),
    ):
        rows.update(state="approved", version=2, decided_by=analyst, decided_at=make.NOW)
    with broken_by("discarded_reading_draft_has_a_reason"), transaction.atomic():
        rows.update(state="discarded", decided_by=analyst, decided_at=make.NOW)
    copy = ReadingDraft.objects.get(pk=draft.pk)
    copy.pk, copy.form_key, copy._state.adding = uuid.uuid4(), uuid.uuid4(), True
    with broken_by("one_reading_draft_of_a_kind"), transaction.atomic():
        copy.save(force_insert=True)
    with broken_by("draft_author_once"), transaction.atomic():
        DraftAuthor.objects.create(draft=draft, person=analyst)


def test_the_database_refuses_a_later_version_without_two_people(configuration, analyst, lead):
    people = {"proposed_by": analyst, "approved_by": lead, "approved_at": make.NOW}
    said = {"version": 2, "rule": {}, "source": "tests", "reason": "So."}
    with broken_by("rubric_behind_two_people"), transaction.atomic():
        Rubric.objects.create(**said, keeps_meaning=True, meaning_reason="Same.")
    with broken_by("rubric_behind_two_people"), transaction.atomic():
        Rubric.objects.create(
            **said, **{**people, "approved_by": analyst}, keeps_meaning=True, meaning_reason="So."
        )
    with broken_by("later_rubric_says_what_levels_mean"), transaction.atomic():
        Rubric.objects.create(**said, **people)
    with broken_by("groupmap_behind_two_people"), transaction.atomic():
        GroupMap.objects.create(version=2, source="tests")
    group = SupportGroup.objects.get(code="red")
    group.pk, group.code, group._state.adding = None, "blue", True
    with broken_by("support_group_looks_once"), transaction.atomic():
        group.save(force_insert=True)
