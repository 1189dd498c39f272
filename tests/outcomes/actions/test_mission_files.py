"""Headlines and the first definition are loaded from the project's files, and nothing is undone."""

import shutil

import pytest
from django.core.management import CommandError, call_command

from authorities.models import AuditEvent
from outcomes.actions import mission_files
from outcomes.models import (
    MISSION_ID,
    MissionDefinition,
    MissionFigure,
    MissionRelease,
    RecomputeRequest,
)
from tests.factories.mission import NOW, MissionDraftFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    for file in mission_files.FOLDER.glob("mission_*.csv"):
        shutil.copy(file, tmp_path)
    return tmp_path


def edit(folder, name, old, new):
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_the_mission_loads_once(capsys):
    call_command("load_mission")
    call_command("load_mission")

    assert capsys.readouterr().out.splitlines() == [
        "New: 3 releases, 22 figures, 1 definitions. Put right: 0 figures.",
        "New: 0 releases, 0 figures, 0 definitions. Put right: 0 figures.",
    ]
    made = MissionDefinition.objects.get()
    assert (made.state, made.approved_by, made.target_first_year) == ("in_use", None, None)


def test_a_load_asks_for_the_picture_and_is_audited():
    mission_files.load(at=NOW)

    assert RecomputeRequest.objects.get().subject_id == MISSION_ID
    assert set(AuditEvent.objects.values_list("action", flat=True)) == {
        "mission_release.loaded",
        "mission_figures.loaded",
        "mission_definition.loaded",
    }


def test_a_second_load_asks_for_nothing():
    mission_files.load(at=NOW)
    RecomputeRequest.objects.all().delete()

    mission_files.load(at=NOW)

    assert not RecomputeRequest.objects.exists()


def test_a_corrected_figure_supersedes_the_one_before(folder):
    mission_files.load(folder=folder, at=NOW)
    edit(folder, "mission_figures.csv", "South East,63.0", "South East,63.1")

    loaded = mission_files.load(folder=folder, at=NOW)

    assert (loaded.figures, loaded.corrected) == (0, 1)
    both = MissionFigure.objects.filter(
        release__key="2026-02", sex="Male", area_code="E12000008"
    ).order_by("pk")
    assert [(row.value, row.superseded_at is None) for row in both] == [(63.0, False), (63.1, True)]


def test_what_people_made_of_the_definition_is_left(folder):
    MissionDraftFactory(number=1)

    loaded = mission_files.load(folder=folder, at=NOW)

    assert loaded.definitions == 0
    assert MissionDefinition.objects.get().state == "draft"


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("mission_releases.csv", "Official statistics in", "Statistics in", "never changed"),
        ("mission_figures.csv", "2026-02,2022", "2027-02,2022", "no such release"),
        ("mission_figures.csv", "57.0", "x", "no number"),
    ],
)
def test_a_wrong_file_loads_nothing(folder, name, old, new, words):
    mission_files.load(folder=folder, at=NOW)
    before = MissionFigure.objects.count()
    edit(folder, name, old, new)

    with pytest.raises(mission_files.MissionFileError, match=words):
        mission_files.load(folder=folder, at=NOW)

    assert (MissionFigure.objects.count(), MissionRelease.objects.count()) == (before, 3)


def test_the_command_says_what_is_wrong(folder, monkeypatch):
    edit(folder, "mission_figures.csv", "57.0", "x")
    load = mission_files.load
    monkeypatch.setattr(
        "outcomes.management.commands.load_mission.mission_files.load",
        lambda at: load(folder=folder, at=at),
    )

    with pytest.raises(CommandError, match="no number"):
        call_command("load_mission")
