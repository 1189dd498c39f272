"""What was counted is recorded once, corrected with a reason, and refused where it does not fit."""

import uuid
from datetime import date, timedelta

import pytest

from authorities.models import AuditEvent, Role
from outcomes.access import Acting
from outcomes.actions import count_values, frameworks
from outcomes.actions.count_values import CountRefusedError, Said
from outcomes.counts import Days
from outcomes.models import Aggregation, CountValue
from outcomes.queries.counts import measures_of
from tests.factories import outcomes as make
from tests.factories.authorities import PairFactory, UserFactory
from tests.factories.frameworks_in_force import in_force, measure_of

pytestmark = pytest.mark.django_db

NOW = make.NOW
YEAR = Days(date(2026, 1, 1), date(2027, 1, 1))
QUARTER = Days(date(2026, 1, 1), date(2026, 4, 1))


@pytest.fixture
def pair():
    return PairFactory()


@pytest.fixture
def person():
    return UserFactory()


@pytest.fixture
def version(pair, person):
    return in_force(pairs=[pair], by=person, fill=_measures)


def _measures(version):
    measure_of(version)
    measure_of(version, name="Schemes tested", order=2, aggregation=Aggregation.PERCENTAGE)
    measure_of(version, name="Leaflets", order=3)


@pytest.fixture
def record(version, pair, person):
    """Record a value of a measure, by its place in the framework."""

    def do(days, said, *, place=0, correcting=None, **more):
        lineage = measures_of(version=version, day=NOW.date())[place].lineage
        return count_values.record(
            **{
                "framework": version.framework,
                "lineage": lineage,
                "days": days,
                "said": said,
                "correcting": correcting,
                "form_key": uuid.uuid4(),
                "acting": Acting(body=pair.board, role=Role.EDITOR),
                "by": person,
                "at": NOW,
            }
            | more
        )

    return do


def refusal_of(record, *args, **more):
    """Return the field and words of a refusal that stored nothing."""
    before = CountValue.objects.count()
    with pytest.raises(CountRefusedError) as refused:
        record(*args, **more)
    assert CountValue.objects.count() == before
    return refused.value.field, str(refused.value)


def test_a_value_of_a_targets_period_takes_its_name(record, pair):
    row = record(YEAR, Said(value=80, note=" By hand. "))

    assert (row.label, row.value, row.note) == ("2026", 80, "By hand.")
    event = AuditEvent.objects.get(action="count.recorded")
    assert (event.body_id, event.target_id) == (pair.board_id, str(row.pk))


def test_a_value_of_a_part_of_it_is_named_by_its_days(record):
    assert record(QUARTER, Said(value=20)).label == "1 Jan 2026 to 31 Mar 2026"


def test_a_form_sent_twice_stores_once(record):
    key = uuid.uuid4()

    first, second = (record(YEAR, Said(value=80), form_key=key) for _ in range(2))

    assert first == second
    assert CountValue.objects.count() == 1


def test_a_form_of_another_measure_is_refused(record):
    key = record(YEAR, Said(value=80)).form_key

    assert "another value" in refusal_of(record, YEAR, Said(value=80), place=2, form_key=key)[1]


def test_a_correction_is_a_new_row_and_one_is_current(record, version):
    first = record(YEAR, Said(value=80))

    second = record(YEAR, Said(value=90, note="Ten were late."), correcting=first.pk)

    facts = measures_of(version=version, day=NOW.date())[0]
    assert [one.id for one in facts.values] == [second.pk]
    assert [(one.id, one.superseded_at) for one in facts.earlier] == [(first.pk, NOW)]
    assert AuditEvent.objects.get(action="count.corrected").detail["replaces"] == first.pk


def test_a_correction_says_why(record):
    first = record(YEAR, Said(value=80))

    field, words = refusal_of(record, YEAR, Said(value=90, note=" "), correcting=first.pk)

    assert (field, words) == ("note", "Say why the value is corrected")
    assert CountValue.objects.get().superseded_at is None


def test_what_was_recorded_meanwhile_is_not_overwritten(record):
    first = record(YEAR, Said(value=80))
    record(YEAR, Said(value=81, note="Late."), correcting=first.pk)

    for stale in (None, first.pk):
        found = refusal_of(record, YEAR, Said(value=90, note="Mine."), correcting=stale)
        assert (found[0], "meanwhile" in found[1]) == ("first_day", True)


def test_a_correction_stays_with_its_period(record):
    first = record(YEAR, Said(value=80))

    found = refusal_of(record, QUARTER, Said(value=90, note="No."), correcting=first.pk)

    assert "same period" in found[1]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (Days(date(2026, 3, 1), date(2026, 3, 1)), "must not be before"),
        (Days(date(2025, 1, 1), date(2026, 1, 1)), "one of those with a target"),
        (Days(date(2026, 7, 1), date(2027, 7, 1)), "one of those with a target"),
        (Days(date(2027, 1, 1), date(2028, 1, 1)), "not begun"),
    ],
)
def test_a_period_that_the_targets_do_not_know_is_refused(record, days, words):
    assert words in refusal_of(record, days, Said(value=1))[1]


def test_days_are_counted_once(record):
    record(QUARTER, Said(value=20))

    field, words = refusal_of(record, YEAR, Said(value=80))

    assert (field, "1 January 2026 to 31 March 2026" in words) == ("first_day", True)


@pytest.mark.parametrize(
    ("place", "said", "field"),
    [
        (0, Said(), "value"),
        (0, Said(value=-1), "value"),
        (0, Said(value=float("nan")), "value"),
        (0, Said(value=float("inf")), "value"),
        (0, Said(numerator=1, denominator=2), "value"),
        (1, Said(value=50), "numerator"),
        (1, Said(denominator=2), "numerator"),
        (1, Said(numerator=-1, denominator=2), "numerator"),
        (1, Said(numerator=1), "denominator"),
        (1, Said(numerator=0, denominator=0), "denominator"),
        (1, Said(numerator=3, denominator=2), "numerator"),
    ],
)
def test_what_is_no_count_is_refused_at_its_field(record, place, said, field):
    assert refusal_of(record, YEAR, said, place=place)[0] == field


def test_a_percentage_keeps_both_parts(record, version):
    record(YEAR, Said(numerator=9, denominator=12), place=1)

    found = measures_of(version=version, day=NOW.date())[1].reading.so_far.amount

    assert (found.value, found.numerator, found.denominator) == (75, 9, 12)


def test_who_does_not_own_the_framework_records_nothing(record):
    stranger = Acting(body=PairFactory().board, role=Role.EDITOR)

    assert "owners" in refusal_of(record, YEAR, Said(value=1), acting=stranger)[1]


def test_only_what_the_version_in_force_counts_is_recorded(record, version, person, pair):
    side = Acting(body=pair.authority, role=Role.SIGNATORY)
    draft = frameworks.propose_change(
        version=version, reason="More.", acting=side, by=person, at=NOW
    )
    added = measure_of(draft, name="New", order=9)

    assert "does not count" in refusal_of(record, YEAR, Said(value=1), lineage=added.lineage)[1]


def test_values_stay_with_the_measure_in_the_next_version(record, version, person, pair):
    record(YEAR, Said(value=80))
    side = Acting(body=pair.authority, role=Role.SIGNATORY)

    draft = frameworks.propose_change(
        version=version, reason="More.", acting=side, by=person, at=NOW + timedelta(days=1)
    )

    assert [one.value for one in measures_of(version=draft, day=NOW.date())[0].values] == [80]
