"""The catalogue is loaded from the project's files, and undoes nothing that people did."""

import shutil

import pgtrigger
import pytest
from django.core.management import CommandError, call_command

from authorities.models import AuditEvent
from outcomes.actions import catalogue, indicator_breaks, indicator_sets, indicators
from outcomes.models import (
    ComparabilityBreak,
    Domain,
    Indicator,
    IndicatorSet,
    IndicatorVersion,
)
from outcomes.queries.definitions import current_definition
from outcomes.queries.revisions import codes_of, set_revision
from tests.factories.authorities import UserFactory
from tests.factories.outcomes import NOW, ObservationFactory

pytestmark = pytest.mark.django_db
HLE = "healthy-life-expectancy-at-birth"


@pytest.fixture
def folder(tmp_path):
    for file in catalogue.FOLDER.glob("*.csv"):
        shutil.copy(file, tmp_path)
    return tmp_path


def edit(folder, name, old, new):
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_the_catalogue_loads_once(capsys):
    call_command("load_indicators")
    call_command("load_indicators")

    assert capsys.readouterr().out.splitlines() == [
        "New or changed: 6 domains, 18 indicators, 1 break, 2 sets.",
        "New methods of progress: 1.",
        "New or changed: 0 domains, 0 indicators, 0 breaks, 0 sets.",
    ]
    known = Indicator.objects.get(fingertips_id=90362)
    assert (known.unit, known.polarity, known.draft, known.version) == ("years", "high", False, 1)
    assert known.domain.slug == "health-outcomes"


def test_the_catalogue_describes_a_draft():
    draft = Indicator.objects.create(
        code="fingertips-90362", fingertips_id=90362, name="x", draft=True
    )
    ObservationFactory(indicator=draft)

    catalogue.load(at=NOW)

    known = Indicator.objects.get(pk=draft.pk)
    assert (known.code, known.draft, known.version) == (HLE, False, 1)
    assert known.versions.get().had_values


def test_an_indicator_from_before_there_were_versions_gets_its_first_one():
    catalogue.load(at=NOW)
    known = Indicator.objects.get(code=HLE)
    with pgtrigger.ignore("outcomes.IndicatorVersion:versions_stay"):
        known.versions.all().delete()
    Indicator.objects.filter(pk=known.pk).update(version=0)

    loaded = catalogue.load(at=NOW)

    known.refresh_from_db()
    assert (loaded.indicators, known.version) == (1, 1)
    assert known.versions.get().facts["fingertips_id"] == 90362


def test_a_change_of_the_file_after_values_is_a_version_with_a_reason(folder):
    catalogue.load(folder=folder, at=NOW)
    ObservationFactory(indicator=Indicator.objects.get(code=HLE))
    edit(
        folder,
        "indicators.csv",
        ",years,years,high,health-outcomes,,calendar,36",
        ",y,years,high,health-outcomes,,calendar,36",
    )

    loaded = catalogue.load(folder=folder, at=NOW)

    version = IndicatorVersion.objects.get(indicator__code=HLE, number=2)
    assert loaded.indicators == 1
    assert version.reason == "The catalogue that comes with the site says otherwise now: unit."
    assert (version.had_values, version.facts["unit"]) == (True, "y")


def test_what_a_person_changed_is_left_and_said(folder):
    catalogue.load(folder=folder, at=NOW)
    by = UserFactory()
    held = Indicator.objects.get(code=HLE)
    definition = current_definition(indicator=held)
    indicators.change(
        indicator=held,
        definition=type(definition)(**{**vars(definition), "unit": "healthy years"}),
        expected_version=1,
        reason="",
        by=by,
        at=NOW,
    )

    same = catalogue.load(folder=folder, at=NOW)
    edit(folder, "indicators.csv", "Years that a newborn", "The years that a newborn")
    other = catalogue.load(folder=folder, at=NOW)

    assert (same.indicators, same.left) == (0, ())
    assert (other.indicators, other.left) == (0, (f"indicator {HLE}",))
    assert Indicator.objects.get(code=HLE).unit == "healthy years"


def test_a_set_that_a_person_changed_is_left_and_said(folder):
    catalogue.load(folder=folder, at=NOW)
    held = IndicatorSet.objects.get(slug="health-outcomes")
    codes = codes_of(indicator_set=held)
    indicator_sets.change(
        indicator_set=held,
        facts=indicator_sets.SetFacts(slug=held.slug, name="Ours", indicators=codes[:2]),
        expected_revision=set_revision(indicator_set=held, codes=codes),
        by=UserFactory(),
        at=NOW,
    )

    loaded = catalogue.load(folder=folder, at=NOW)

    assert loaded.left == ("set health-outcomes",)
    assert codes_of(indicator_set=held) == codes[:2]


def test_a_withdrawn_break_does_not_come_back(folder):
    catalogue.load(folder=folder, at=NOW)
    indicator_breaks.withdraw(
        recorded=ComparabilityBreak.objects.get(), reason="It was none.", by=UserFactory(), at=NOW
    )

    loaded = catalogue.load(folder=folder, at=NOW)

    assert (loaded.breaks, ComparabilityBreak.objects.count()) == (0, 1)


def test_domains_and_sets_follow_their_files(folder):
    catalogue.load(folder=folder, at=NOW)
    edit(folder, "domains.csv", "Access to public services", "Public services")
    edit(
        folder,
        "indicator_sets.csv",
        "8,emergency-readmissions-30-days",
        "9,emergency-readmissions-30-days",
    )
    edit(folder, "indicator_sets.csv", "Health outcomes, starter set", "Outcomes")

    loaded = catalogue.load(folder=folder, at=NOW)

    assert (loaded.domains, loaded.sets) == (1, 1)
    assert Domain.objects.get(slug="public-services").name == "Public services"


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("indicators.csv", ",health-outcomes,,calendar,36", ",nowhere,,calendar,36", "domain"),
        ("comparability_breaks.csv", HLE, "no-such", "the catalogue has no no-such"),
        ("indicator_sets.csv", "obesity-year-6", "no-such", "no such indicator: no-such"),
    ],
)
def test_a_file_that_names_what_is_not_there_loads_nothing(folder, name, old, new, words):
    edit(folder, name, old, new)

    with pytest.raises(catalogue.CatalogueFileError, match=words):
        catalogue.load(folder=folder, at=NOW)

    assert not Domain.objects.exists()
    assert not Indicator.objects.exists()
    assert not AuditEvent.objects.exists()


def test_the_command_says_what_is_wrong(monkeypatch, folder):
    edit(folder, "domains.csv", "slug,", "name,")
    monkeypatch.setattr(
        "outcomes.management.commands.load_indicators.catalogue.load",
        lambda at: catalogue_load(folder=folder, at=at),
    )

    with pytest.raises(CommandError, match="Columns are missing: slug"):
        call_command("load_indicators")


catalogue_load = catalogue.load
