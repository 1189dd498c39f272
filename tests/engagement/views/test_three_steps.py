"""The pages and the API of the three steps: who reads both columns, who writes which, how."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from authorities.models import AuditEvent
from duty.models import Round, RoundState
from engagement.models import Side, ThreeStepColumn
from engagement.three_steps import PRIORITIES
from tests.engagement import sight
from tests.factories import engagement as make
from tests.factories.authorities import BoardFactory

pytestmark = pytest.mark.django_db
FIRST = PRIORITIES[0]
NOTE = "Canary of the authority's note"


@pytest.fixture
def open_now(round):
    """The round, whose last day for edits is ahead by any clock."""
    today = timezone.localdate()
    Round.objects.filter(pk=round.pk).update(
        opens_on=today - timedelta(days=30),
        due_on=today + timedelta(days=2),
        edits_until=today + timedelta(days=9),
        reply_opens_on=today + timedelta(days=20),
        reply_closes_on=today + timedelta(days=40),
        publish_at=timezone.now() + timedelta(days=60),
    )
    round.refresh_from_db()
    return round


def at(pair, name: str = "pair") -> str:
    return reverse(f"three-steps:{name}", args=[pair.authority.slug, pair.board.slug])


def api(pair) -> str:
    return reverse("three-steps-detail", args=[pair.authority.slug, pair.board.slug])


def sent(version: int = 0, **said: str) -> dict[str, str]:
    return {"version": str(version), **said}


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture
def written(pair, open_now):
    """The authority has written, and its note is a canary."""
    client = sight.sign_in(make.member(pair.authority))
    client.post(at(pair, "edit"), sent(**{FIRST: "begun", "people_and_place-note": NOTE}))
    return open_now


@pytest.mark.parametrize(
    ("who", "reads", "writes"),
    [
        ("anybody", 302, 302),
        ("reader", 404, 404),
        ("authority editor", 200, 200),
        ("authority signatory", 200, 200),
        ("board editor", 200, 200),
        ("board signatory", 200, 200),
        ("analyst", 200, 403),
        ("moderator", 200, 403),
        ("lead analyst", 200, 403),
        ("administrator", 200, 403),
    ],
)
def test_both_sides_and_the_centre_read_both_columns_and_the_sides_write(
    pair, written, who, reads, writes
):
    client = sight.sign_in(sight.people_of(pair)[who])

    page, file = client.get(at(pair)), client.get(at(pair, "csv"))
    form, over_http = client.get(at(pair, "edit")), client.get(api(pair))

    assert (page.status_code, file.status_code, form.status_code) == (reads, reads, writes)
    assert over_http.status_code == (401 if who == "anybody" else reads)
    shown = [NOTE in text_of(one) for one in (page, file, over_http)]
    # The page escapes the apostrophe of the canary.
    assert shown == ([False, reads == 200, reads == 200])
    assert ("Canary of the authority" in text_of(page)) == (reads == 200)


def test_members_of_another_pair_are_strangers_and_the_pairs_page_tells_them_nothing(
    pair, other_pair, written
):
    client = sight.sign_in(make.member(other_pair.authority))
    public = client.get(reverse("engagement:pair", args=[pair.authority.slug, pair.board.slug]))

    assert {client.get(at(pair, name)).status_code for name in ("pair", "csv", "edit")} == {404}
    assert client.get(api(pair)).status_code == 404
    assert at(pair) not in text_of(public)
    own = sight.sign_in(make.member(pair.board))
    assert at(pair) in text_of(
        own.get(reverse("engagement:pair", args=[pair.authority.slug, pair.board.slug]))
    )


def test_a_side_writes_its_own_column_alone_and_differences_are_said_in_words(pair, written):
    board = sight.sign_in(make.member(pair.board))

    saved = board.post(at(pair, "edit"), sent(**{FIRST: "in_place", PRIORITIES[1]: "begun"}))
    page = text_of(board.get(at(pair)))

    assert saved.status_code == 302
    stored = {row.side: row for row in ThreeStepColumn.objects.all()}
    assert stored["sa"].answers.get().standing == "begun"
    assert stored["icb"].answers.count() == 2
    assert "Seen differently" in page
    assert "<b>1</b> seen differently" in page
    assert "has answered" in page
    assert "Write your column" in page


def test_a_save_over_somebody_elses_shows_both_and_then_replaces_it_knowingly(pair, written):
    client = sight.sign_in(make.member(pair.authority))

    stale = client.post(at(pair, "edit"), sent(**{FIRST: "in_place"}))
    again = client.post(
        at(pair, "edit"), sent(int(stale.context["form"].data["version"]), **{FIRST: "in_place"})
    )

    assert stale.status_code == 409
    assert "Your copy has changed since you opened it" in text_of(stale)
    assert "Canary of the authority" in text_of(stale)
    assert again.status_code == 302


def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_stays(pair, open_now):
    client = sight.sign_in(make.member(pair.authority))

    refused = client.post(
        at(pair, "edit"),
        sent(**{FIRST: "begun", "people_and_place-note": "x" * 1001, PRIORITIES[1]: "best"}),
    )

    page = text_of(refused)
    assert refused.status_code == 422
    assert "A note may have up to 1000 characters" in page
    assert "x" * 1001 in page
    assert not ThreeStepColumn.objects.exists()


def test_the_last_rounds_column_is_in_the_form_as_not_yet_reviewed_and_stored_by_nobody(
    pair, open_now
):
    before = make.earlier_round()
    row = ThreeStepColumn.objects.create(
        round=before,
        pair=pair,
        side=Side.AUTHORITY,
        version=1,
        updated_at=timezone.now(),
        updated_by=make.member(pair.authority),
    )
    row.answers.create(priority=FIRST, standing="in_place")
    client = sight.sign_in(make.member(pair.authority))

    form = client.get(at(pair, "edit"))
    other = sight.sign_in(make.member(pair.board)).get(at(pair, "edit"))
    history = client.get(at(pair), {"round": before.slug})
    unknown = client.get(at(pair), {"round": "no-such-round"})

    assert "Not yet reviewed" in text_of(form)
    assert form.context["form"].initial[FIRST] == "in_place"
    assert form.context["form"].initial["version"] == 0
    assert "Not yet reviewed" not in text_of(other)
    assert "In place" in text_of(history)
    assert unknown.status_code == 404
    assert ThreeStepColumn.objects.count() == 1


def test_after_the_last_day_the_form_says_until_when_and_keeps_what_was_typed(pair, written):
    Round.objects.filter(pk=written.pk).update(state=RoundState.CLOSED)
    client = sight.sign_in(make.member(pair.authority))

    page = client.get(at(pair, "edit"))
    late = client.post(
        at(pair, "edit"), sent(1, **{FIRST: "in_place", "people_and_place-note": "Kept"})
    )

    assert "Your last day for changes was" in text_of(page)
    assert late.status_code == 422
    assert "Kept" in text_of(late)
    assert ThreeStepColumn.objects.get().answers.get().standing == "begun"


def test_the_file_has_a_row_for_each_thing_and_round_and_keeps_who_took_it(pair, written):
    person = make.member(pair.board)

    answered = sight.sign_in(person).get(at(pair, "csv"))

    rows = list(csv.DictReader(io.StringIO(text_of(answered))))
    assert [row["priority"] for row in rows] == list(PRIORITIES)
    assert (rows[0]["authority_answer"], rows[0]["icb_answer"]) == ("begun", "")
    assert rows[0]["difference"] == "one_answered"
    assert rows[0]["authority_note"] == NOTE
    assert AuditEvent.objects.get(action="three_steps.downloaded").by == person


def test_a_program_reads_both_columns_and_writes_its_own(pair, written):
    board = sight.sign_in(make.member(pair.board))
    body = {"round": written.slug, "standings": {FIRST: "in_place"}, "expected_version": 0}

    saved = board.put(api(pair), json.dumps(body), content_type="application/json")
    stale = board.put(
        api(pair), json.dumps(body | {"standings": {}}), content_type="application/json"
    )
    unknown = board.put(
        api(pair),
        json.dumps(body | {"standings": {"x": "begun"}, "expected_version": 1}),
        content_type="application/json",
    )
    elsewhere = board.put(
        api(pair), json.dumps(body | {"round": "other"}), content_type="application/json"
    )

    said = saved.json()
    assert saved.status_code == 200
    assert [one["version"] for one in said["columns"]] == [1, 1]
    assert said["priorities"][0] | {"text": ""} == {
        "step": "people_and_place",
        "area": "People",
        "priority": FIRST,
        "text": "",
        "authority": "begun",
        "icb": "in_place",
        "compared": "different",
    }
    assert (stale.status_code, stale.json()["errors"][0]["code"]) == (409, "stale")
    assert (unknown.status_code, unknown.json()["errors"][0]["field"]) == (400, "standings")
    assert (elsewhere.status_code, elsewhere.json()["errors"][0]["code"]) == (409, "window-closed")


@pytest.mark.parametrize("who", ["analyst", "reader", "anybody"])
def test_nobody_else_writes_over_http(pair, written, who):
    body = {"round": written.slug, "standings": {}, "expected_version": 1}

    answered = sight.sign_in(sight.people_of(pair)[who]).put(
        api(pair), json.dumps(body), content_type="application/json"
    )

    assert answered.status_code == {"analyst": 403, "reader": 404, "anybody": 401}[who]
    assert ThreeStepColumn.objects.get().answers.count() == 1


def test_an_authority_with_another_icb_keeps_its_pairs_apart(pair, written):
    stranger = sight.sign_in(make.member(BoardFactory()))

    assert stranger.get(at(pair)).status_code == 404
