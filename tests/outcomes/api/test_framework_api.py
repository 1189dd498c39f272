"""Agreed frameworks and their targets over the API; never what is not agreed."""

import pytest

from outcomes.actions import framework_drafts, frameworks
from tests.factories import outcomes as make
from tests.outcomes.framework_people import Parties
from tests.outcomes.views.framework_pages import agreed, member, place_in, whole_draft

pytestmark = pytest.mark.django_db

FRAMEWORKS = "/api/v1/frameworks/"
TARGETS = "/api/v1/framework-targets/"


@pytest.fixture
def parties():
    return Parties()


def results(client, address):
    return client.get(address).json()["results"]


def test_a_draft_is_on_no_list_for_its_owners_neither(parties):
    draft = whole_draft(parties)
    own = member(parties.pair.authority)

    assert results(own, FRAMEWORKS) == results(own, TARGETS) == []
    assert own.get(f"{FRAMEWORKS}{draft.framework_id}/").status_code == 404
    assert own.get(f"{TARGETS}{place_in(draft).lineage}/").status_code == 404


def test_what_is_in_force_is_said_whole(parties, client):
    version = agreed(parties)

    [listed] = results(client, FRAMEWORKS)
    one = client.get(f"{FRAMEWORKS}{version.framework_id}/").json()

    assert listed["authority"] == parties.pair.authority.slug
    assert listed["icbs"] == [parties.pair.board.slug]
    assert one["version"] == 1
    assert [item["title"] for item in one["items"]] == ["People live well"]
    [target] = one["indicators"]
    assert (target["baseline_value"], target["target_value"]) == (60.0, 62.0)
    assert (target["baseline_period"], target["target_period"]) == ("2019 - 21", "2028 - 30")


def test_a_change_on_its_way_says_nothing(parties, client):
    version = agreed(parties)
    draft = frameworks.propose_change(
        version=version, reason="Secret", acting=parties.board, by=parties.person, at=make.NOW
    )
    framework_drafts.write_text(edit=parties.edit(draft), name="summary", text="Secret")

    for address in (FRAMEWORKS, f"{FRAMEWORKS}{version.framework_id}/", TARGETS):
        assert "Secret" not in client.get(address).content.decode()
    assert len(results(client, TARGETS)) == 1


def test_lists_are_narrowed(parties, client):
    version = agreed(parties)
    place = place_in(version)
    asked = {
        f"{FRAMEWORKS}?authority={parties.pair.authority.slug}": 1,
        f"{FRAMEWORKS}?authority=another": 0,
        f"{FRAMEWORKS}?icb={parties.pair.board.slug}": 1,
        f"{FRAMEWORKS}?icb=another": 0,
        f"{TARGETS}?framework={version.framework_id}": 1,
        f"{TARGETS}?indicator={place.indicator.code}": 1,
        f"{TARGETS}?indicator=another": 0,
        f"{TARGETS}?target_kind=reach": 1,
        f"{TARGETS}?target_kind=maintain": 0,
    }

    assert {address: len(results(client, address)) for address in asked} == asked
    assert client.get(f"{TARGETS}?framework=none").status_code == 400
