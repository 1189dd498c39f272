"""The pages on which a framework's owners record counts, and everybody reads them."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse

from authorities.models import Role
from outcomes.count_forms import OTHER
from outcomes.models import Aggregation, CountDirection, CountValue
from outcomes.queries.counts import measures_of
from tests.factories.authorities import MembershipFactory, PairFactory, UserFactory
from tests.factories.frameworks_in_force import draft_framework, in_force, measure_of
from tests.factories.outcomes import NOW

pytestmark = pytest.mark.django_db


def _measures(version):
    measure_of(version, targets=[(2025, 400), (2026, 500)])
    measure_of(
        version,
        name="Schemes tested",
        order=2,
        unit="schemes",
        aggregation=Aggregation.PERCENTAGE,
        direction=CountDirection.LESS,
        targets=[(2025, 80)],
    )


@pytest.fixture
def pair():
    return PairFactory()


@pytest.fixture
def version(pair):
    return in_force(pairs=[pair], by=UserFactory(), fill=_measures)


@pytest.fixture
def lineages(version):
    return [one.lineage for one in measures_of(version=version, day=NOW.date())]


@pytest.fixture
def editor(pair, client):
    made = MembershipFactory(body=pair.board).user
    client.force_login(made)
    return made


@pytest.fixture
def send(client, version, editor):
    """Record a value as the page would: its hidden fields, and what is typed."""

    def do(lineage, query="", **typed):
        url = reverse("outcomes:count-record", args=[version.framework_id, lineage])
        form = client.get(url + query).context["form"]
        hidden = {"form_key": form["form_key"].value(), "correcting": form["correcting"].value()}
        shown = {
            name: form[name].value()
            for name in form.fields
            if name not in hidden and form[name].value() is not None
        }
        if "first_day" in typed:
            typed.setdefault("period", OTHER)
        asked = {**hidden, **shown, **typed}
        return client.post(url, {key: one for key, one in asked.items() if one is not None})

    return do


def list_of(client, version):
    return client.get(reverse("outcomes:count-list", args=[version.framework_id]))


def test_a_framework_in_force_is_counted_in_public(client, version):
    page = list_of(client, version).content.decode()

    assert "People who took up the offer" in page
    assert "No value yet" in page
    assert "0 of 2 periods have a value" in page


def test_before_it_is_in_force_its_owners_alone_find_it(client, pair):
    draft = draft_framework(pairs=[pair], by=UserFactory(), fill=_measures)
    address = reverse("outcomes:count-list-csv", args=[draft.framework_id])

    seen = list_of(client, draft).status_code
    client.force_login(MembershipFactory(body=pair.authority).user)

    assert (seen, client.get(address).status_code) == (404, 404)
    assert "No version of this framework is in force yet" in list_of(client, draft).content.decode()


def test_a_value_is_recorded_and_stands_beside_its_target(client, version, lineages, send):
    answer = send(lineages[0], first_day="1 January 2025", last_day="31 December 2025", value="460")

    page = client.get(answer.url).content.decode()
    assert "The value of “People who took up the offer” is recorded." in page
    assert "On target" in page
    assert "460 people" in page
    assert "On target" in list_of(client, version).content.decode()


def test_a_part_of_a_period_says_until_when_it_was_counted(client, version, lineages, send):
    send(lineages[0], first_day="1/1/2025", last_day="30/6/2025", value="100")

    page = client.get(
        reverse("outcomes:count", args=[version.framework_id, lineages[0]])
    ).content.decode()
    assert "Under target" in page
    assert "Worse than wanted: more is good; counted in part, until 30 June 2025" in page


def test_where_less_is_good_over_is_said_to_be_worse(client, version, lineages, send):
    send(lineages[1], first_day="1/1/2025", last_day="31/12/2025", numerator="19", denominator="20")

    page = list_of(client, version).content.decode()
    assert "95% (19 of 20)" in page
    assert "Worse than wanted: less is good" in page


def test_a_correction_offers_what_stands_and_keeps_it_on_record(client, version, lineages, send):
    days = {"first_day": "1/1/2025", "last_day": "31/12/2025"}
    send(lineages[0], **days, value="400.5")
    query = "?first=2025-01-01&last=2025-12-31"
    url = reverse("outcomes:count-record", args=[version.framework_id, lineages[0]]) + query

    offered = client.get(url).context["form"]
    unsaid = send(lineages[0], query, value="410")
    done = send(lineages[0], query, value="410", note="Ten were late.")

    assert offered["value"].value() == "400.5"
    assert "Correct the value of 2025" in client.get(url).content.decode()
    assert (unsaid.status_code, unsaid.context["form"].errors["note"]) == (
        422,
        ["Say why the value is corrected"],
    )
    page = client.get(done.url).content.decode()
    assert "Values that a correction replaced" in page
    assert "400.5 people" in page
    assert "Ten were late." in page


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"first_day": "no day"}, "first_day"),
        ({"first_day": ""}, "first_day"),
        ({"last_day": "31/12/2024"}, "last_day"),
        ({"first_day": "1/1/2024", "last_day": "31/12/2024"}, "first_day"),
        ({"value": "nan"}, "value"),
        ({"value": "-1"}, "value"),
        ({"value": ""}, "value"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_kept(send, lineages, typed, field):
    days = {"first_day": "1/1/2025", "last_day": "31/12/2025", "value": "1"}

    answer = send(lineages[0], **(days | typed))

    page = answer.content.decode()
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert "There is a problem" in page
    assert f'href="#id_{field}"' in page
    assert all(f'value="{text}"' in page for text in (days | typed).values() if text)
    assert not CountValue.objects.exists()


def test_a_period_with_a_target_is_chosen_and_no_day_is_typed(client, lineages, send):
    whole = "2025-01-01/2025-12-31"

    none = send(lineages[0], value="460")
    unknown = send(lineages[0], period="2025-01-01/2025-12-30", value="460")
    done = send(lineages[0], period=whole, value="460")
    again = send(lineages[0], period=whole, value="470")

    assert [list(one.context["form"].errors) for one in (none, unknown)] == [["period"]] * 2
    stored = CountValue.objects.get()
    assert (str(stored.start_date), str(stored.end_date)) == ("2025-01-01", "2026-01-01")
    assert "460 people" in client.get(done.url).content.decode()
    assert list(again.context["form"].errors) == ["period"]


def test_what_was_counted_already_is_refused_in_words(send, lineages):
    send(lineages[0], first_day="1/1/2025", last_day="31/3/2025", value="1")

    answer = send(lineages[0], first_day="1/1/2025", last_day="31/12/2025", value="2")

    assert answer.status_code == 422
    assert "1 January 2025 to 31 March 2025 are counted already" in answer.content.decode()


def test_the_file_has_a_row_a_period_and_one_so_far(client, version, lineages, send):
    send(lineages[0], first_day="1/1/2025", last_day="31/12/2025", value="460")

    text = client.get(reverse("outcomes:count-list-csv", args=[version.framework_id])).content

    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))
    assert [(one["Measure"], one["Scope"], one["Status"]) for one in rows] == [
        ("People who took up the offer", "Period", "On target"),
        ("People who took up the offer", "Period", "No value yet"),
        ("People who took up the offer", "So far", "On target"),
        ("Schemes tested", "Period", "No value yet"),
        ("Schemes tested", "So far", "No value yet"),
    ]
    assert (rows[0]["Value"], rows[0]["Target"], rows[0]["Last day"]) == (
        "460",
        "400",
        date(2025, 12, 31).isoformat(),
    )
    assert rows[1]["Value"] == ""


def test_strangers_and_the_centre_record_nothing(client, version, lineages):
    url = reverse("outcomes:count-record", args=[version.framework_id, lineages[0]])

    asked_to_sign_in = client.post(url).status_code
    client.force_login(MembershipFactory().user)
    stranger = client.post(url).status_code
    client.force_login(MembershipFactory(role=Role.ANALYST).user)
    centre = client.post(url).status_code

    assert (asked_to_sign_in, stranger, centre) == (302, 404, 404)


def test_what_is_not_counted_is_not_there(client, version, pair):
    other = in_force(pairs=[PairFactory()], by=UserFactory(), fill=_measures)
    lineage = measures_of(version=other, day=NOW.date())[0].lineage
    address = reverse("outcomes:count", args=[version.framework_id, lineage])

    assert client.get(address).status_code == 404
