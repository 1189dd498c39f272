"""Sets, breaks and domains: stored, changed, and what is refused."""

from dataclasses import replace
from datetime import date

import pytest

from authorities.models import AuditEvent
from outcomes.actions import domains, indicator_breaks, indicator_sets
from outcomes.catalogue_file import CatalogueFileError
from outcomes.models import BreakKind, ComparabilityBreak, IndicatorSet
from outcomes.queries.revisions import codes_of, domain_revision, set_revision
from tests.factories.authorities import UserFactory
from tests.factories.outcomes import NOW, ComparabilityBreakFactory, IndicatorFactory

pytestmark = pytest.mark.django_db
FACTS = indicator_sets.SetFacts(slug="starter", name="Starter", indicators=("b", "a"))
DOMAIN = domains.DomainFacts(slug="air", name="Air", order=3)
HEADINGS = "set,set_name,set_text,set_source,place,indicator\n"


@pytest.fixture
def by():
    return UserFactory()


@pytest.fixture
def stored(by):
    for code in "abc":
        IndicatorFactory(code=code)
    return indicator_sets.make(facts=FACTS, by=by, at=NOW)


def change(stored, by, *, revision=None, **facts):
    read = set_revision(indicator_set=stored, codes=codes_of(indicator_set=stored))
    return indicator_sets.change(
        indicator_set=stored,
        facts=replace(FACTS, **facts),
        expected_revision=read if revision is None else revision,
        by=by,
        at=NOW,
    )


def test_a_set_keeps_its_order(stored):
    assert codes_of(indicator_set=stored) == ("b", "a")
    assert AuditEvent.objects.get().detail == {"indicators": 2}


@pytest.mark.parametrize("codes", [("a", "b"), ("c", "a", "b"), ("c",), ()])
def test_a_set_is_put_in_another_order(stored, by, codes):
    change(stored, by, indicators=codes)

    assert codes_of(indicator_set=stored) == codes
    assert AuditEvent.objects.latest("pk").action == "indicator_set.changed"


def test_a_set_is_taken_out_of_use(stored, by):
    assert not change(stored, by, in_use=False).in_use


def test_the_same_set_stores_nothing(stored, by):
    change(stored, by, revision="old")

    assert AuditEvent.objects.count() == 1


def test_the_second_to_change_a_set_is_told(stored, by):
    before = set_revision(indicator_set=stored, codes=codes_of(indicator_set=stored))
    change(stored, by, indicators=("a",))

    with pytest.raises(indicator_sets.SetChangedError, match="Nothing of yours is lost"):
        change(stored, by, revision=before, indicators=("c",))

    assert codes_of(indicator_set=stored) == ("a",)


def test_a_set_names_only_what_the_catalogue_has(stored, by):
    with pytest.raises(indicator_sets.UnknownIndicatorsError, match="no such indicator: x, y"):
        change(stored, by, indicators=("x", "a", "y"))

    assert codes_of(indicator_set=stored) == ("b", "a")


def test_a_short_name_of_a_set_is_taken_once(stored, by):
    with pytest.raises(indicator_sets.SetTakenError):
        indicator_sets.make(facts=FACTS, by=by, at=NOW)


def test_a_file_makes_and_replaces_sets(stored, by):
    content = f"{HEADINGS}starter,Starter,,,1,c\nnew,New,,,1,a\nnew,New,,,2,b\n".encode()

    first = indicator_sets.import_file(content=content, by=by, at=NOW)
    again = indicator_sets.import_file(content=content, by=by, at=NOW)

    assert (first.made, first.changed, first.unchanged) == (("new",), ("starter",), ())
    assert again.unchanged == ("starter", "new")
    assert codes_of(indicator_set=stored) == ("c",)


@pytest.mark.parametrize(
    ("rows", "error"),
    [
        ("starter,Starter,,,1,c\nnew,New,,,1,none\n", indicator_sets.UnknownIndicatorsError),
        ("starter,Starter,,,1,c\nnew,New,,,x,a\n", CatalogueFileError),
        ("", CatalogueFileError),
    ],
)
def test_a_file_with_anything_wrong_stores_nothing(stored, by, rows, error):
    with pytest.raises(error):
        indicator_sets.import_file(content=(HEADINGS + rows).encode(), by=by, at=NOW)

    assert codes_of(indicator_set=stored) == ("b", "a")
    assert IndicatorSet.objects.count() == 1


def record(by, **facts):
    given = {
        "indicator": IndicatorFactory(code="x") if "indicator" not in facts else None,
        "starts_on": date(2020, 4, 1),
        "kind": BreakKind.SOURCE,
        "text": "Another survey.",
        "source": "",
    }
    return indicator_breaks.record(**{**given, **facts}, by=by, at=NOW)


def test_a_break_is_recorded(by):
    made = record(by)

    assert (made.recorded_by, made.withdrawn_at) == (by, None)
    assert AuditEvent.objects.get().action == "indicator_break.recorded"


def test_a_break_says_what_changed(by):
    with pytest.raises(indicator_breaks.BreakTextMissingError):
        record(by, text=" ")


def test_a_break_is_recorded_once_until_it_is_withdrawn(by):
    made = record(by)

    with pytest.raises(indicator_breaks.BreakThereError, match="2020-04-01 already"):
        record(by, indicator=made.indicator)

    indicator_breaks.withdraw(recorded=made, reason="It was none.", by=by, at=NOW)
    record(by, indicator=made.indicator)
    assert ComparabilityBreak.objects.count() == 2


def test_a_break_is_withdrawn_with_a_reason_once(by):
    made = ComparabilityBreakFactory()

    with pytest.raises(indicator_breaks.WithdrawalReasonMissingError):
        indicator_breaks.withdraw(recorded=made, reason="", by=by, at=NOW)
    indicator_breaks.withdraw(recorded=made, reason="It was none.", by=by, at=NOW)
    with pytest.raises(indicator_breaks.BreakWithdrawnError):
        indicator_breaks.withdraw(recorded=made, reason="Again.", by=by, at=NOW)

    made.refresh_from_db()
    assert (made.withdrawn_reason, made.withdrawn_by) == ("It was none.", by)


def test_a_domain_is_made_and_changed(by):
    made = domains.make(facts=DOMAIN, by=by, at=NOW)

    changed = domains.change(
        domain=made,
        facts=replace(DOMAIN, name="Clean air", in_use=False),
        expected_revision=domain_revision(domain=made),
        by=by,
        at=NOW,
    )

    assert (changed.name, changed.in_use, changed.slug) == ("Clean air", False, "air")
    actions = AuditEvent.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["domain.made", "domain.changed"]


def test_the_second_to_change_a_domain_is_told(by):
    made = domains.make(facts=DOMAIN, by=by, at=NOW)

    with pytest.raises(domains.DomainChangedError):
        domains.change(
            domain=made, facts=replace(DOMAIN, name="X"), expected_revision="old", by=by, at=NOW
        )


def test_a_short_name_of_a_domain_is_taken_once(by):
    domains.make(facts=DOMAIN, by=by, at=NOW)

    with pytest.raises(domains.DomainTakenError):
        domains.make(facts=DOMAIN, by=by, at=NOW)
