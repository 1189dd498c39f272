"""The rubric and the group map: loaded once, as versions that nothing changes."""

from fractions import Fraction

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from engagement import matrix
from engagement.actions import configuration as actions
from engagement.models import GroupCell, GroupMap, RoundRubric, Rubric, SupportGroup, Theme
from engagement.queries import rubric as queries
from tests.factories import engagement as make

pytestmark = pytest.mark.django_db


def test_loading_twice_is_loading_once(configuration):
    make.load_configuration()

    counted = [model.objects.count() for model in (Rubric, Theme, GroupMap, SupportGroup)]
    assert counted == [1, 15, 1, 4]
    assert GroupCell.objects.count() == 9


def test_thresholds_are_read_back_as_exact_fractions(configuration):
    rule = queries.rule_of(rubric=Rubric.objects.get())

    assert rule == matrix.LevelRule()
    assert rule.high_at_least == Fraction(2, 3)


def test_a_stored_version_is_not_read_anew_with_other_words(configuration):
    rubric = Rubric.objects.get()
    themes = [queries.pure_theme(theme=row) for row in Theme.objects.order_by("order")]

    with pytest.raises(actions.VersionChangedError):
        actions.load_rubric(
            version=1,
            themes=themes[1:],
            theme_sources=[""] * 14,
            rule=queries.rule_of(rubric=rubric),
            source="",
            by=None,
            at=make.NOW,
        )

    assert Theme.objects.count() == 15


def test_a_round_keeps_the_versions_of_its_first_use(round):
    actions.freeze(round=round)
    GroupMap.objects.create(
        version=2,
        source="later",
        reason="tests",
        proposed_by=make.central(),
        approved_by=make.central(),
        approved_at=make.NOW,
    )

    frozen = actions.freeze(round=round)

    assert frozen.group_map.version == 1
    assert RoundRubric.objects.count() == 1


def test_without_a_rubric_the_message_says_what_to_run(db):
    with pytest.raises(queries.NotConfiguredError, match="load_engagement_configuration"):
        queries.reading_of(round=make.RoundFactory())


@pytest.mark.parametrize("model", [Rubric, Theme, GroupMap, SupportGroup, GroupCell])
def test_the_database_never_changes_a_version(configuration, model):
    row = model.objects.first()

    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        row.save()
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        model.objects.filter(pk=row.pk)._raw_delete("default")

    assert model.objects.filter(pk=row.pk).exists()


def refused(name: str):
    return pytest.raises(IntegrityError, match=name)


def test_the_database_refuses_two_of_a_kind(configuration):
    theme = Theme.objects.get(code="S1")
    cell = GroupCell.objects.first()
    group = SupportGroup.objects.first()

    for row, constraint in (
        (theme, "theme_code_once"),
        (cell, "cell_once"),
        (group, "support_group_once"),
    ):
        row.pk = None
        row._state.adding = True
        if isinstance(row, SupportGroup):
            row.look = "teal"
        with refused(constraint), transaction.atomic():
            row.save(force_insert=True)
    with refused("theme_side_is_known"), transaction.atomic():
        theme.code, theme.side, theme.pk = "S99", "xx", None
        theme.save(force_insert=True)
