"""Levers are drafted, kept, archived and shared; commitments are made of them; what holds it."""

import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from authorities.models import AuditEvent
from engagement.actions import commitments, levers
from engagement.actions.levers import LeverContentError
from engagement.lever_lifecycle import Event, LeverRefusedError
from engagement.models import Commitment, Lever, LeverCommitment, LeverState, SharedLever, Side
from tests.factories import engagement as people
from tests.factories import levers as make
from tests.factories.authorities import PairFactory, UserFactory

pytestmark = pytest.mark.django_db


def drafted(authority, **said) -> Lever:
    return levers.draft(
        authority=authority,
        content=make.content(**said),
        form_key=uuid.uuid4(),
        by=UserFactory(),
        at=make.AT,
    )


def step(lever, event, *, reason="", seen=None) -> Lever:
    return levers.take_step(
        lever=lever,
        event=event,
        seen=lever.version if seen is None else seen,
        reason=reason,
        by=UserFactory(),
        at=make.AT,
    )


def edited(lever, *, seen=None, **said) -> Lever:
    return levers.edit(
        lever=lever,
        content=make.content(**said),
        seen=lever.version if seen is None else seen,
        by=UserFactory(),
        at=make.AT,
    )


def proposed(pair, lever, *, form_key=None) -> Commitment:
    return commitments.propose(
        pair=pair,
        side=Side.AUTHORITY,
        title="Plan routes together",
        description="",
        own_owner="Head of transport",
        target_date=timezone.localdate() + timedelta(days=90),
        no_date_reason="",
        lead=None,
        form_key=form_key or uuid.uuid4(),
        lever=lever,
        by=people.member(pair.authority),
        at=timezone.now(),
    )


def test_a_lever_goes_from_draft_to_the_list_to_the_archive_and_back(pair):
    lever = drafted(pair.authority)

    kept = step(lever, Event.KEEP)
    archived = step(kept, Event.ARCHIVE, reason="The grant ended.")
    back = step(archived, Event.BRING_BACK)

    assert (lever.state, kept.state, archived.state) == ("draft", "kept", "archived")
    assert (archived.reason, back.state, back.reason) == ("The grant ended.", "draft", "")
    rows = AuditEvent.objects.filter(action__startswith="lever.").order_by("pk")
    assert [row.action for row in rows] == [
        "lever.drafted",
        "lever.keep",
        "lever.archive",
        "lever.bring-back",
    ]


def test_the_same_form_is_stored_once(pair):
    key = uuid.uuid4()
    sent = [
        levers.draft(
            authority=pair.authority,
            content=make.content(),
            form_key=key,
            by=UserFactory(),
            at=make.AT,
        )
        for _ in range(2)
    ]

    assert sent[0] == sent[1]
    assert Lever.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": " "}, "title"),
        ({"description": ""}, "description"),
        ({"function": "weather"}, "function"),
        ({"function": ""}, "function"),
        ({"kind": "wish"}, "kind"),
        ({"fit": "high"}, "fit"),
        ({"impact_reason": " "}, "impact_reason"),
        ({"determinants": ("nowhere",)}, "determinants"),
    ],
)
def test_what_is_not_complete_is_refused_at_its_field(pair, said, field):
    with pytest.raises(LeverContentError) as refused:
        drafted(pair.authority, **said)

    assert refused.value.field == field
    assert not Lever.objects.exists()


def test_what_nobody_judged_stays_a_draft(pair):
    lever = levers.draft(
        authority=pair.authority,
        content=make.unjudged(),
        form_key=uuid.uuid4(),
        by=UserFactory(),
        at=make.AT,
    )

    with pytest.raises(LeverRefusedError, match="Judge strategic fit"):
        step(lever, Event.KEEP)


def test_what_is_on_the_list_stays_judged(pair):
    kept = step(drafted(pair.authority), Event.KEEP)

    with pytest.raises(LeverRefusedError, match="Judge strategic fit"):
        edited(kept, window="", window_reason="")

    kept.refresh_from_db()
    assert kept.window == "open"


def test_a_stale_change_is_refused_and_changes_nothing(pair):
    lever = drafted(pair.authority)
    edited(lever, title="Of a colleague")

    with pytest.raises(LeverRefusedError, match="Somebody else changed"):
        edited(lever, seen=1, title="Mine")

    assert Lever.objects.get().title == "Of a colleague"


def test_an_archive_without_a_reason_is_refused(pair):
    with pytest.raises(LeverRefusedError, match="Say why"):
        step(drafted(pair.authority), Event.ARCHIVE, reason=" ")


def test_what_others_read_is_the_text_as_it_was_shared(pair):
    kept = step(drafted(pair.authority), Event.KEEP)
    shared = step(kept, Event.SHARE)

    changed = edited(shared, title="Changed since")

    copy = SharedLever.objects.get()
    assert (copy.title, copy.ended_at) == ("Bus franchising", None)
    again = step(changed, Event.SHARE)
    now = SharedLever.objects.get(ended_at__isnull=True)
    assert (now.title, now.lever) == ("Changed since", again)
    assert SharedLever.objects.count() == 2


@pytest.mark.parametrize("event", [Event.STOP_SHARING, Event.ARCHIVE])
def test_sharing_ends_by_a_step_and_with_the_archive(pair, event):
    shared = step(step(drafted(pair.authority), Event.KEEP), Event.SHARE)

    step(shared, event, reason="It is over.")

    assert not SharedLever.objects.filter(ended_at__isnull=True).exists()


def test_a_draft_is_not_shared_and_what_is_not_shared_cannot_stop(pair):
    draft = drafted(pair.authority)

    with pytest.raises(LeverRefusedError, match="is a draft"):
        step(draft, Event.SHARE)
    with pytest.raises(LeverRefusedError, match="nothing to stop"):
        step(step(draft, Event.KEEP), Event.STOP_SHARING)


def test_a_commitment_keeps_the_lever_that_it_was_made_of(pair):
    lever = make.KeptLeverFactory(authority=pair.authority)

    made = proposed(pair, lever)

    assert LeverCommitment.objects.get().lever == lever
    assert made.made_of.lever == lever
    assert AuditEvent.objects.get(action="lever.turned").detail["commitment"] == str(made.pk)


def test_the_same_proposal_sent_twice_is_one_commitment_of_the_lever(pair):
    lever, key = make.KeptLeverFactory(authority=pair.authority), uuid.uuid4()

    sent = [proposed(pair, lever, form_key=key) for _ in range(2)]

    assert sent[0] == sent[1]
    assert LeverCommitment.objects.count() == 1


def test_a_lever_is_turned_once_with_a_pair_until_that_was_declined(pair):
    lever = make.KeptLeverFactory(authority=pair.authority)
    first = proposed(pair, lever)

    with pytest.raises(LeverRefusedError, match="is a commitment with this ICB already"):
        proposed(pair, lever)
    assert Commitment.objects.count() == 1
    commitments.decline(
        commitment=first,
        side=Side.BOARD,
        reason="Not now.",
        by=people.member(pair.board),
        at=timezone.now(),
    )
    proposed(pair, lever)

    assert LeverCommitment.objects.filter(lever=lever).count() == 2


def test_a_lever_is_turned_with_another_pair_of_the_authority_too(pair):
    lever = make.KeptLeverFactory(authority=pair.authority)
    proposed(pair, lever)

    proposed(PairFactory(authority=pair.authority), lever)

    assert LeverCommitment.objects.count() == 2


def test_a_draft_and_another_authoritys_lever_are_not_turned(pair, other_pair):
    with pytest.raises(LeverRefusedError, match="is a draft"):
        proposed(pair, make.LeverFactory(authority=pair.authority))
    with pytest.raises(LeverRefusedError, match="not one of the authority"):
        proposed(pair, make.KeptLeverFactory(authority=other_pair.authority))

    assert not Commitment.objects.exists()


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"kind": "wish"}, "lever_kind_is_known"),
        ({"function": ""}, "lever_function_is_known"),
        ({"title": ""}, "lever_says_what"),
        ({"fit": "high"}, "lever_judgement_is_known"),
        ({"impact_reason": ""}, "judged_lever_says_why"),
        ({"window": "", "window_reason": ""}, "kept_lever_is_judged"),
        ({"reason": "Nobody asked."}, "archived_lever_says_why"),
    ],
)
def test_the_database_refuses_a_lever_that_cannot_be(pair, fields, constraint):
    lever = make.KeptLeverFactory(authority=pair.authority)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Lever.objects.filter(pk=lever.pk).update(**fields)


def test_the_database_refuses_a_lever_that_begins_in_no_state(pair):
    with pytest.raises(IntegrityError, match="lever_state_is_known"), transaction.atomic():
        make.LeverFactory(authority=pair.authority, state="gone")


def test_the_database_takes_steps_of_the_table_alone_and_deletes_nothing(pair, other_pair):
    lever = make.KeptLeverFactory(authority=pair.authority)
    rows = Lever.objects.filter(pk=lever.pk)

    with pytest.raises(DatabaseError, match="a lever does not go from"), transaction.atomic():
        rows.update(state=LeverState.DRAFT)
    with pytest.raises(DatabaseError, match="lever_stays_whose_it_is"), transaction.atomic():
        rows.update(authority=other_pair.authority)
    with pytest.raises(DatabaseError, match="lever_never_deleted"), transaction.atomic():
        rows._raw_delete("default")


def test_the_database_keeps_what_was_shared(pair, other_pair):
    shared = make.shared(authority=pair.authority)
    rows = SharedLever.objects.filter(pk=shared.pk)
    refusals = [
        ("a shared lever stays as it was written", lambda: rows.update(title="Other")),
        ("shared_lever_never_deleted", lambda: rows._raw_delete("default")),
        (
            "shared_lever_ends_after_it_began",
            lambda: rows.update(ended_at=make.AT - timedelta(days=1)),
        ),
        (
            "a shared lever stays on the list",
            lambda: Lever.objects.filter(pk=shared.lever_id).update(
                state=LeverState.ARCHIVED, reason="Over."
            ),
        ),
        ("lever_shared_once", lambda: copy_of(shared).save(force_insert=True)),
        (
            "an authority shares what is on its own list",
            lambda: copy_of(shared, authority=other_pair.authority).save(force_insert=True),
        ),
    ]

    for words, broken in refusals:
        with pytest.raises(DatabaseError, match=words), transaction.atomic():
            broken()


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"kind": "wish"}, "sharedlever_kind_is_known"),
        ({"function": "weather"}, "sharedlever_function_is_known"),
        ({"description": ""}, "sharedlever_says_what"),
    ],
)
def test_the_database_refuses_a_shared_text_that_cannot_be(pair, fields, constraint):
    shared = make.shared(authority=pair.authority)
    SharedLever.objects.filter(pk=shared.pk).update(ended_at=make.AT)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        copy_of(shared, **fields).save(force_insert=True)


def copy_of(shared: SharedLever, **said) -> SharedLever:
    kept = ("lever", "authority", "kind", "title", "function", "description", "shared_by")
    fields = {name: getattr(shared, name) for name in kept}
    return SharedLever(**{**fields, "shared_at": make.AT, **said})


def test_the_database_holds_what_a_commitment_is_made_of(pair, other_pair):
    lever = make.KeptLeverFactory(authority=pair.authority)
    made = proposed(pair, lever)
    elsewhere = proposed(other_pair, make.KeptLeverFactory(authority=other_pair.authority))
    again = proposed(pair, make.KeptLeverFactory(authority=pair.authority))
    row = LeverCommitment.objects.get(commitment=made)

    def link(commitment):
        return LeverCommitment(
            lever=lever, commitment=commitment, made_at=make.AT, made_by=row.made_by
        )

    with (
        pytest.raises(DatabaseError, match="made of a lever on the own list"),
        transaction.atomic(),
    ):
        link(elsewhere).save(force_insert=True)
    with (
        pytest.raises(DatabaseError, match="this lever is a commitment of this pair already"),
        transaction.atomic(),
    ):
        link(again).save(force_insert=True)
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        LeverCommitment.objects.filter(pk=row.pk).update(made_at=make.AT)
