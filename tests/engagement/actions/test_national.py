"""The national picture: what it counts, what it keeps from the public, when it changes."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from authorities.models import AuthorityType, Designation, PairOverlap
from engagement import tasks
from engagement.actions import national, placements
from engagement.models import NationalPicture, OwnView, Placement
from outcomes import recompute
from outcomes.models import RecomputeRequest, Subject
from tests.factories import engagement as make
from tests.factories.authorities import PairFactory

pytestmark = pytest.mark.django_db
LEVELS = ("high", "partial", "low", None)


@pytest.fixture
def all_levels(round) -> None:
    """Sixteen pairs: each of nine cells, and each way of not being assessed."""
    for sa in LEVELS:
        for icb in LEVELS:
            pair = PairFactory()
            for side, level in (("sa", sa), ("icb", icb)):
                if level:
                    make.confirmed(pair=pair, round=round, side=side, level=level)
    placements.recompute_round(round=round, at=make.NOW)


def test_the_picture_counts_what_a_plainer_count_finds(all_levels, round):
    national.refresh(round=round, at=make.NOW)

    content = NationalPicture.objects.get(round=round, public=False).content
    with connection.cursor() as cursor:
        # A second way: from the confirmed views, with the published table of cells.
        cursor.execute(
            """
            SELECT c.authority_level, c.board_level, g.code, count(v.pair_id)
            FROM engagement_groupcell c
            JOIN engagement_supportgroup g ON g.id = c.group_id
            LEFT JOIN (
                SELECT sa.pair_id, sa.level AS sa_level, icb.level AS icb_level
                FROM engagement_ownview sa JOIN engagement_ownview icb
                ON icb.pair_id = sa.pair_id AND icb.round_id = sa.round_id
                WHERE sa.side = 'sa' AND icb.side = 'icb'
                AND sa.state = 'confirmed' AND icb.state = 'confirmed' AND sa.round_id = %s
            ) v ON v.sa_level = c.authority_level AND v.icb_level = c.board_level
            GROUP BY 1, 2, 3
            """,
            [round.pk],
        )
        plain = cursor.fetchall()
    drawn = Counter((row["authority_level"], row["board_level"]) for row in content["rows"])
    shown = [
        (sa, icb, cell["group"], drawn[sa, icb])
        for cell in content["cells"]
        for sa, icb in [(cell["authority_level"], cell["board_level"])]
    ]
    assert sorted(shown) == sorted(plain)
    assert [count for *_, count in shown] == [1] * 9
    groups = Counter(group for _, _, group, count in plain for _ in range(count))
    assert Counter(row["group"] for row in content["rows"]) == {**groups, None: 16 - 9}


def from_nothing(round):
    """The picture as it is drawn where none is there."""
    NationalPicture.objects.filter(round=round).delete()
    national.refresh(round=round, at=make.NOW)
    picture = NationalPicture.objects.get(round=round, public=False)
    return picture.content, picture.input_hash


def confirm_again(pair, round, *, level):
    view = OwnView.objects.get(pair=pair, round=round, side="sa")
    OwnView.objects.filter(pk=view.pk).update(level=level, computed_level=level)
    return placements.recompute_pair(pair=pair, at=make.NOW)


def test_one_changed_pair_is_drawn_where_it_stands_and_as_it_would_be_from_nothing(
    all_levels, round
):
    national.refresh(round=round, at=make.NOW)
    before = NationalPicture.objects.get(round=round, public=False)
    pair = Placement.objects.filter(authority_level="high", board_level="low").get().pair

    assert confirm_again(pair, round, level="low") == 1
    assert national.refresh(round=round, at=make.NOW) == 1

    after = NationalPicture.objects.get(round=round, public=False)
    changed = [
        new["pair"]
        for old, new in zip(before.content["rows"], after.content["rows"], strict=True)
        if old != new
    ]
    assert after.pk == before.pk
    assert changed == [f"{pair.authority.slug}/{pair.board.slug}"]
    assert (after.content, after.input_hash) == from_nothing(round)


def test_a_pair_that_comes_or_leaves_has_all_rows_drawn(all_levels, round):
    national.refresh(round=round, at=make.NOW)

    new = PairFactory()
    placements.recompute_round(round=round, at=make.NOW)
    national.refresh(round=round, at=make.NOW)
    with_it = NationalPicture.objects.get(round=round, public=False)
    PairOverlap.objects.filter(pair=new).delete()
    placements.recompute_round(round=round, at=make.NOW)
    national.refresh(round=round, at=make.NOW)
    without = NationalPicture.objects.get(round=round, public=False)

    assert len(with_it.content["rows"]) == len(without.content["rows"]) + 1
    assert (without.content, without.input_hash) == from_nothing(round)


def test_another_frame_has_all_of_it_drawn(all_levels, round):
    national.refresh(round=round, at=make.NOW)
    Designation.objects.update(type=AuthorityType.SINGLE_AUTHORITY)

    assert national.refresh(round=round, at=make.NOW) == 1

    rows = NationalPicture.objects.get(round=round, public=False).content["rows"]
    assert {row["authority_type"] for row in rows} == {"single_authority"}


def test_refreshing_again_changes_nothing_but_the_time(all_levels, round):
    national.refresh(round=round, at=make.NOW)
    later = make.NOW + timedelta(days=1)

    changed = national.refresh(round=round, at=later)

    assert (changed, NationalPicture.objects.get().computed_at) == (0, later)


def test_a_published_round_has_a_public_picture_and_no_other(pair, round):
    earlier = make.earlier_round()
    make.publish(round=earlier, levels={pair: ("low", "low")})

    national.refresh(round=earlier, at=make.NOW)

    picture = NationalPicture.objects.get(round=earlier)
    assert picture.public
    assert picture.content["publication"]["number"] == 1


def test_an_open_round_has_no_public_picture(pair, round):
    placements.recompute_round(round=round, at=make.NOW)

    national.refresh(round=round, at=make.NOW)

    assert not NationalPicture.objects.get(round=round).public


def test_the_ledger_carries_a_confirmation_to_the_picture(
    pair, round, django_capture_on_commit_callbacks
):
    for side in ("sa", "icb"):
        make.confirmed(pair=pair, round=round, side=side, level="high")

    for step in (tasks.recompute_placement, tasks.refresh_national_picture):
        for request in RecomputeRequest.objects.all():
            step(subject=request.subject, subject_id=request.subject_id, a_newer_argument=1)

    content = NationalPicture.objects.get(round=round).content
    assert Placement.objects.get().group == "green"
    assert content["rows"][0]["group"] == "green"


def test_steps_leave_other_subjects_alone(pair, round):
    said = {"subject": Subject.AUTHORITY, "subject_id": pair.authority_id}

    changed = tasks.recompute_placement(**said) + tasks.refresh_national_picture(**said)

    assert (changed, Placement.objects.count(), NationalPicture.objects.count()) == (0, 0, 0)


def test_running_both_steps_twice_changes_nothing(pair, round):
    make.confirmed(pair=pair, round=round, side="sa", level="high")
    said = {"subject": Subject.PAIR, "subject_id": pair.pk}
    tasks.recompute_placement(**said)
    tasks.refresh_national_picture(**said)

    again = tasks.recompute_placement(**said) + tasks.refresh_national_picture(**said)

    assert again == 0


def test_the_nightly_run_asks_for_each_round_and_changes_nothing(pair, round):
    earlier = make.earlier_round()
    make.publish(round=earlier, levels={pair: ("low", "low")})
    make.confirmed(pair=pair, round=round, side="sa", level="high")
    for each in (earlier, round):
        placements.recompute_round(round=each, at=make.NOW)
        national.refresh(round=each, at=make.NOW)
    RecomputeRequest.objects.all().delete()
    before = list(NationalPicture.objects.order_by("pk").values("pk", "input_hash", "content"))

    assert tasks.request_recompute_of_rounds() == 2

    asked = RecomputeRequest.objects.values_list("subject", "subject_id")
    assert set(asked) == {(Subject.ROUND, earlier.pk), (Subject.ROUND, round.pk)}
    assert [
        step(subject=subject, subject_id=key)
        for subject, key in asked
        for step in (tasks.recompute_placement, tasks.refresh_national_picture)
    ] == [0] * 4
    assert (
        list(NationalPicture.objects.order_by("pk").values("pk", "input_hash", "content")) == before
    )


def test_the_database_holds_one_picture_of_a_kind(round):
    national.refresh(round=round, at=make.NOW)

    with pytest.raises(IntegrityError, match="picture_once"), transaction.atomic():
        NationalPicture.objects.create(
            round=round,
            public=False,
            content={},
            input_hash="",
            method_version=1,
            computed_at=make.NOW,
        )


def test_the_steps_are_registered_under_the_names_of_the_setting(settings):
    named = [name for name in settings.RECOMPUTE_TASKS if name.startswith("engagement.")]

    assert named == [tasks.recompute_placement.name, tasks.refresh_national_picture.name]
    assert recompute.RUN_TASK not in named
