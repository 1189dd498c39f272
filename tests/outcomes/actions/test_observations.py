"""Storing values: new, unchanged and superseding ones."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from authorities.models import AuditEvent, Council, StrategicAuthority
from outcomes.actions import observations
from outcomes.models import Indicator, Observation, PeriodRow, RecomputeRequest
from outcomes.return_file import ValueNote
from tests.factories.authorities import (
    CouncilFactory,
    CountryFactory,
    StrategicAuthorityFactory,
)
from tests.factories.outcomes import NOW, IndicatorFactory, ReleaseFactory
from tests.outcomes.rows import row

LATER = NOW + timedelta(days=1)


@pytest.fixture
def ashby(authority: StrategicAuthority) -> Council:
    return Council.objects.get(slug="ashby")


def store(*rows, owner=None, at=NOW):
    release = ReleaseFactory(body=owner)
    return observations.store(rows=rows, release=release, owner=owner, at=at)


def test_new_values_are_added(ashby):
    counts = store(row(area=ashby), row(area=ashby, sex="Female", value=63.2))

    assert (counts.added, counts.unchanged, counts.superseded) == (2, 0, 0)
    assert set(Observation.objects.values_list("breakdown__sex", "value")) == {
        ("Male", 60.1),
        ("Female", 63.2),
    }


def test_the_same_values_again_write_no_value(ashby):
    store(row(area=ashby))
    before = list(Observation.objects.values())

    counts = store(row(area=ashby), at=LATER)

    assert (counts.added, counts.unchanged, counts.superseded) == (0, 1, 0)
    assert list(Observation.objects.values()) == before


@pytest.mark.parametrize(
    "revision",
    [
        {"value": 60.2},
        {"lower_95": 59.0},
        {"upper_998": 66.0},
        {"count": 12},
        {"denominator": 12.5},
        {"value_note_text": "Corrected"},
        {"publishers_comparison": "worse"},
        {"value": None, "note": ValueNote.MISSING},
        {"value": None, "note": ValueNote.SUPPRESSED},
    ],
)
def test_a_revision_supersedes_and_keeps_the_old_value(ashby, revision):
    store(row(area=ashby))

    counts = store(row(area=ashby, **revision), at=LATER)

    assert (counts.added, counts.unchanged, counts.superseded) == (0, 0, 1)
    old = Observation.objects.get(superseded_at=LATER)
    new = Observation.objects.current().get()
    assert old.value == 60.1
    assert new.value == revision.get("value", 60.1)
    assert new.note == revision.get("note", "ok")
    assert (old.publishers_comparison, new.publishers_comparison) == (
        None,
        revision.get("publishers_comparison"),
    )


def test_nought_missing_and_suppressed_stay_different(ashby):
    store(
        row(area=ashby, sex="Male", value=0.0),
        row(area=ashby, sex="Female", value=None, note=ValueNote.MISSING),
        row(area=ashby, sex="Persons", value=None, note=ValueNote.SUPPRESSED),
    )

    stored = {
        sex: (value, note)
        for sex, value, note in Observation.objects.values_list("breakdown__sex", "value", "note")
    }
    assert stored == {
        "Male": (0.0, "ok"),
        "Female": (None, "missing"),
        "Persons": (None, "suppressed"),
    }


def test_what_a_body_sends_in_never_supersedes_what_is_published(ashby, authority):
    store(row(area=ashby))

    counts = store(row(area=ashby, value=70.0), owner=authority)

    assert counts.added == 1
    assert set(Observation.objects.current().values_list("owner", "value")) == {
        (None, 60.1),
        (authority.pk, 70.0),
    }


def test_a_period_written_otherwise_is_the_same_period(ashby):
    store(row(area=ashby, period="2022 - 24"))

    counts = store(row(area=ashby, period="2022 – 24"))

    assert counts.unchanged == 1
    assert PeriodRow.objects.get().label == "2022 - 24"


def test_an_unknown_indicator_becomes_a_draft_and_is_named(ashby):
    counts = store(row(area=ashby, indicator_id=77777, indicator_name="Shoe size"))

    assert counts.drafts == ("Shoe size (77777)",)
    draft = Indicator.objects.get(fingertips_id=77777)
    assert (draft.name, draft.draft) == ("Shoe size", True)


def test_a_known_indicator_keeps_its_own_name(ashby):
    known = IndicatorFactory(fingertips_id=90362, name="Healthy life expectancy")

    counts = store(row(area=ashby, indicator_name="HLE"))

    known.refresh_from_db()
    assert counts.drafts == ()
    assert (known.name, known.draft) == ("Healthy life expectancy", False)


def test_a_row_that_breaks_a_rule_takes_all_with_it(ashby):
    with pytest.raises(IntegrityError):
        store(row(area=ashby), row(area=ashby, sex="Female", lower_95=62.0, upper_95=61.0))


def test_a_national_value_asks_for_each_authority_that_shows_it(ashby, authority):
    StrategicAuthorityFactory(slug="far-away")

    store(row(area=ashby))

    assert list(RecomputeRequest.objects.values_list("subject_id")) == [(authority.pk,)]


def test_a_value_of_england_asks_for_every_authority(authority):
    other = StrategicAuthorityFactory(slug="far-away")

    store(row(area=CountryFactory(), area_code="E92000001"))

    asked = set(RecomputeRequest.objects.values_list("subject_id", flat=True))
    assert asked == {authority.pk, other.pk}


def test_an_own_value_asks_for_its_authority_alone(authority):
    StrategicAuthorityFactory(slug="far-away")

    store(row(area=CountryFactory(), area_code="E92000001"), owner=authority)

    assert list(RecomputeRequest.objects.values_list("subject_id")) == [(authority.pk,)]


def test_unchanged_values_ask_for_nothing(ashby):
    store(row(area=ashby))
    RecomputeRequest.objects.all().delete()

    store(row(area=ashby))

    assert not RecomputeRequest.objects.exists()


def test_values_of_a_council_of_no_authority_ask_for_nothing(authority):
    store(row(area=CouncilFactory(slug="lonely")))

    assert not RecomputeRequest.objects.exists()


def test_the_audit_row_holds_counts_and_no_figures(ashby):
    store(row(area=ashby, value=61.7))

    event = AuditEvent.objects.get(action="observations.stored")
    assert event.detail == {"added": 1, "unchanged": 0, "superseded": 0}


def test_no_rows_store_nothing(authority):
    counts = store()

    assert counts.changed == 0
    assert not AuditEvent.objects.exists()
