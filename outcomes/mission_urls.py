"""Addresses of the mission, mounted under /mission/."""

from django.urls import path

from outcomes.views import mission, mission_definitions, mission_notes

app_name = "mission"

_VERSION = "definitions/<int:number>/"

urlpatterns = [
    path("", mission.MissionStart.as_view(), name="start"),
    path("hle/", mission.Mission.as_view(), name="page"),
    path("hle/figures.csv", mission.MissionFigures.as_view(), name="figures-csv"),
    path("hle/dictionary.csv", mission.MissionDictionary.as_view(), name="dictionary-csv"),
    path("hle/notes/new/", mission_notes.MissionNoteNew.as_view(), name="note-new"),
    path(
        "hle/notes/<int:note_id>/withdraw/",
        mission_notes.MissionNoteWithdraw.as_view(),
        name="note-withdraw",
    ),
    path("definitions/", mission_definitions.DefinitionList.as_view(), name="definition-list"),
    path("definitions/new/", mission_definitions.DefinitionNew.as_view(), name="definition-new"),
    path(_VERSION, mission_definitions.DefinitionDetail.as_view(), name="definition"),
    path(
        f"{_VERSION}change/",
        mission_definitions.DefinitionChange.as_view(),
        name="definition-change",
    ),
    path(
        f"{_VERSION}approve/",
        mission_definitions.DefinitionApprove.as_view(),
        name="definition-approve",
    ),
    path(
        f"{_VERSION}discard/",
        mission_definitions.DefinitionDiscard.as_view(),
        name="definition-discard",
    ),
]
