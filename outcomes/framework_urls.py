"""Addresses of outcomes frameworks; they are among the outcomes pages."""

from django.urls import URLPattern, path

from outcomes.views import (
    framework_counts,
    framework_edit,
    framework_indicators,
    framework_signing,
    framework_start,
    framework_steps,
    framework_succession,
    frameworks,
)

_PAIR = "pairs/<slug:authority_slug>/<slug:board_slug>/framework/"
_VERSION = "frameworks/<uuid:framework_id>/<int:number>/"
_DRAFT = f"{_VERSION}draft/"
_ITEM = f"{_DRAFT}items/<uuid:lineage>/"
_INDICATOR = f"{_DRAFT}indicators/<uuid:lineage>/"
_COUNT = f"{_DRAFT}counts/<uuid:lineage>/"

READING: list[URLPattern] = [
    path("frameworks/", frameworks.FrameworkList.as_view(), name="framework-list"),
    path(
        "authorities/<slug:authority_slug>/frameworks/",
        frameworks.AuthorityFrameworks.as_view(),
        name="authority-frameworks",
    ),
    path(
        "icbs/<slug:slug>/frameworks/",
        frameworks.BoardFrameworks.as_view(),
        name="board-frameworks",
    ),
    path(_PAIR, frameworks.PairFramework.as_view(), name="pair-framework"),
    path(
        "frameworks/<uuid:framework_id>/",
        frameworks.FrameworkCurrent.as_view(),
        name="framework",
    ),
    path(_VERSION, frameworks.FrameworkVersionPage.as_view(), name="framework-version"),
    path(
        f"{_VERSION}targets.csv",
        frameworks.FrameworkCsv.as_view(),
        name="framework-csv",
    ),
    path(
        f"{_VERSION}differences/<int:other>/",
        frameworks.FrameworkDifferences.as_view(),
        name="framework-differences",
    ),
]

STEPS: list[URLPattern] = [
    path(f"{_PAIR}new/", framework_start.FrameworkStart.as_view(), name="framework-start"),
    path(
        f"{_VERSION}propose/", framework_steps.FrameworkPropose.as_view(), name="framework-propose"
    ),
    path(f"{_VERSION}sign/", framework_signing.FrameworkSign.as_view(), name="framework-sign"),
    path(
        f"{_VERSION}decline/",
        framework_signing.FrameworkDecline.as_view(),
        name="framework-decline",
    ),
    path(
        f"{_VERSION}give-up/", framework_steps.FrameworkDiscard.as_view(), name="framework-discard"
    ),
    path(f"{_VERSION}change/", framework_steps.FrameworkChange.as_view(), name="framework-change"),
    path(f"{_VERSION}adopt/", framework_steps.FrameworkAdopt.as_view(), name="framework-adopt"),
    path(
        f"{_VERSION}owner/", framework_succession.FrameworkAssign.as_view(), name="framework-assign"
    ),
    path(f"{_VERSION}end/", framework_succession.FrameworkEnd.as_view(), name="framework-end"),
]

EDITING: list[URLPattern] = [
    path(_DRAFT, framework_edit.FrameworkEdit.as_view(), name="framework-edit"),
    path(f"{_DRAFT}texts/<slug:name>/", framework_edit.TextEdit.as_view(), name="framework-text"),
    path(
        f"{_DRAFT}items/new/<slug:kind>/",
        framework_edit.ItemAdd.as_view(),
        name="framework-item-add",
    ),
    path(_ITEM, framework_edit.ItemEdit.as_view(), name="framework-item"),
    path(f"{_ITEM}links/", framework_edit.ItemLinks.as_view(), name="framework-item-links"),
    path(
        f"{_ITEM}links/<uuid:effect>/",
        framework_edit.LinkAssume.as_view(),
        name="framework-assume",
    ),
    path(f"{_ITEM}remove/", framework_edit.ItemRemove.as_view(), name="framework-item-remove"),
    path(f"{_ITEM}move/", framework_edit.ItemMove.as_view(), name="framework-item-move"),
    path(
        f"{_DRAFT}indicators/new/",
        framework_indicators.IndicatorAdd.as_view(),
        name="framework-indicator-add",
    ),
    path(
        f"{_DRAFT}indicators/set/",
        framework_indicators.SetAdopt.as_view(),
        name="framework-set-adopt",
    ),
    path(
        f"{_INDICATOR}standing/",
        framework_indicators.IndicatorStanding.as_view(),
        name="framework-indicator-standing",
    ),
    path(
        f"{_INDICATOR}owners/",
        framework_indicators.IndicatorOwners.as_view(),
        name="framework-indicator-owners",
    ),
    path(
        f"{_INDICATOR}baseline/",
        framework_indicators.IndicatorBaseline.as_view(),
        name="framework-indicator-baseline",
    ),
    path(
        f"{_INDICATOR}target/",
        framework_indicators.IndicatorTarget.as_view(),
        name="framework-indicator-target",
    ),
    path(
        f"{_INDICATOR}remove/",
        framework_indicators.IndicatorRemove.as_view(),
        name="framework-indicator-remove",
    ),
    path(
        f"{_INDICATOR}move/",
        framework_indicators.IndicatorMove.as_view(),
        name="framework-indicator-move",
    ),
    path(f"{_DRAFT}counts/new/", framework_counts.CountAdd.as_view(), name="framework-count-add"),
    path(_COUNT, framework_counts.CountEdit.as_view(), name="framework-count"),
    path(
        f"{_COUNT}targets/",
        framework_counts.CountTargets.as_view(),
        name="framework-count-targets",
    ),
    path(f"{_COUNT}move/", framework_counts.CountMove.as_view(), name="framework-count-move"),
    path(f"{_COUNT}remove/", framework_counts.CountRemove.as_view(), name="framework-count-remove"),
]

FRAMEWORKS = [*READING, *STEPS, *EDITING]
