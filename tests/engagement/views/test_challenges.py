"""The dashboard of challenges counts with denominators, and a moderator answers each."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from authorities.models import AuditEvent, Role
from duty.models import Round
from engagement.actions import interests
from engagement.models import Assessment, ReplyChoice, Resolution
from tests.factories import engagement as make
from tests.factories import engagement_assessments as national

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared(pair, in_reply_now):
    return national.shared(pair=pair, round=in_reply_now)


@pytest.fixture
def challenged(shared, pair) -> Assessment:
    """The authority disagrees; the days of the reply are over."""
    by = make.member(pair.authority, Role.SIGNATORY)
    national.answered(
        shared=shared, side="sa", choice=ReplyChoice.DISAGREE, by=by, note="Not so at all."
    )
    last = timezone.localdate() - timedelta(days=1)
    Round.objects.filter(pk=shared.round_id).update(reply_closes_on=last)
    shared.round.refresh_from_db()
    return national.closed(shared=shared)


def page_of(made, name="resolve", *more) -> str:
    slugs = [made.round.slug, made.pair.authority.slug, made.pair.board.slug]
    return reverse(f"assessments:{name}", args=[*slugs, *more])


def shown(client, person, url) -> str:
    client.force_login(person)
    response = client.get(url)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def count_of(page: str, label: str) -> str:
    """Return “number of all” that stands with a label, without markup."""
    import re

    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    found = re.search(rf"(\d+)\s+of\s+(\d+)\s+{re.escape(label)}", text)
    assert found, text[:3000]
    return f"{found[1]} of {found[2]}"


def test_counts_say_of_how_many_and_no_reply_is_its_own(client, challenged):
    page = shown(client, make.central(), reverse("assessments:challenges"))

    assert count_of(page, "Pairs shared with both bodies") == "1 of 1"
    assert count_of(page, "Sides that disagree: challenges") == "1 of 2"
    assert count_of(page, "Sides that agree") == "0 of 2"
    assert count_of(page, "Sides without a reply") == "1 of 2"
    assert count_of(page, "Challenges that wait") == "1 of 1"
    assert "The level as a whole" in page
    for word in ("worst", "rank", "score", "league"):
        assert word not in page.lower()


def test_the_list_shows_what_is_asked_for_and_links_who_moderates_to_the_answer(client, challenged):
    url = reverse("assessments:challenges")
    resolve = page_of(challenged, "resolve", "sa")

    assert resolve in shown(client, make.central(Role.MODERATOR), url)
    assert resolve not in shown(client, make.central(), url)
    assert "No reply fits these filters" in shown(client, make.central(), f"{url}?side=icb")
    assert "No reply fits" in shown(client, make.central(), f"{url}?show=resolved")
    assert "No reply fits" not in shown(client, make.central(), f"{url}?show=no-reply")


def test_the_file_has_no_note_and_is_logged(client, challenged):
    analyst = make.central()
    client.force_login(analyst)

    response = client.get(reverse("assessments:challenges-csv"))

    text = response.content.decode("utf-8-sig")
    assert ",disagree,Disagree," in text
    assert "Not so at all" not in text
    logged = AuditEvent.objects.get(action="challenges.downloaded")
    assert (logged.by, logged.detail["rows"]) == (analyst, 1)


@pytest.mark.parametrize("name", ["challenges", "challenges-csv"])
def test_bodies_and_readers_do_not_see_it(client, challenged, pair, name):
    for person in (make.member(pair.authority, Role.SIGNATORY), make.central(Role.READER)):
        client.force_login(person)
        assert client.get(reverse(f"assessments:{name}")).status_code == 404


def answer(client, person, made, **said):
    client.force_login(person)
    return client.post(page_of(made, "resolve", "sa"), {"version": str(made.version), **said})


CHANGE = {"outcome": "change", "level": "low", "reason": "The minutes show it."}


def test_a_moderator_reads_both_replies_beside_the_findings_and_answers(client, challenged):
    moderator = make.central(Role.MODERATOR)
    page = shown(client, moderator, page_of(challenged, "resolve", "sa"))
    assert "Not so at all." in page
    assert "Our letter" in page
    assert "Reply of the body: no reply" in page
    assert "the level as a whole" in page

    checked = answer(client, moderator, challenged, **CHANGE)
    assert "final then" in checked.content.decode()
    assert not Resolution.objects.exists()
    kept = answer(client, moderator, challenged, **CHANGE, change="1")
    assert "The minutes show it." in kept.content.decode()

    assert answer(client, moderator, challenged, **CHANGE, confirm="1").status_code == 302
    made = Resolution.objects.get()
    assert (made.level_before, made.level_after, made.resolved_by) == ("high", "low", moderator)
    challenged.refresh_from_db()
    assert challenged.state == "final"


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"reason": "So."}, "Select whether the level is upheld or changed"),
        ({"outcome": "uphold"}, "Say why, for both bodies to read"),
        ({"outcome": "change", "reason": "So."}, "Select the level after the change"),
        ({**CHANGE, "level": "high"}, "A change gives another level"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(client, challenged, said, message):
    response = answer(client, make.central(Role.MODERATOR), challenged, **said, confirm="1")

    assert response.status_code == 422
    assert message in response.content.decode()
    assert said.get("reason", "") in response.content.decode()
    assert not Resolution.objects.exists()


def test_what_changed_meanwhile_is_looked_at_again(client, challenged):
    moderator = make.central(Role.MODERATOR)

    stale = answer(client, moderator, challenged, **CHANGE | {"version": "1"}, confirm="1")

    page = stale.content.decode()
    assert stale.status_code == 409
    assert "The minutes show it." in page
    assert f'value="{challenged.version}"' in page


def test_who_has_an_interest_or_drafted_reads_why_another_person_answers(client, challenged, pair):
    moderator = make.central(Role.MODERATOR)
    interests.declare(body=pair.board, what="A friend.", by=moderator, at=make.NOW)

    page = shown(client, moderator, page_of(challenged, "resolve", "sa"))
    assert "so another person does this" in page
    assert "Check the answer" not in page
    refused = answer(client, moderator, challenged, **CHANGE, confirm="1")
    assert refused.status_code == 422
    assert not Resolution.objects.exists()


def test_a_side_that_did_not_disagree_and_one_that_is_answered_lead_back(client, challenged):
    moderator = make.central(Role.MODERATOR)
    client.force_login(moderator)

    assert client.get(page_of(challenged, "resolve", "icb")).status_code == 302
    answer(client, moderator, challenged, **CHANGE, confirm="1")
    again = answer(client, moderator, challenged, **CHANGE, confirm="1")
    assert again.status_code == 409
    assert "resolved already" in again.content.decode()


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMINISTRATOR])
def test_only_moderators_answer(client, challenged, role):
    client.force_login(make.central(role))

    assert client.get(page_of(challenged, "resolve", "sa")).status_code == 403
    assert answer(client, make.central(role), challenged, **CHANGE).status_code == 403
