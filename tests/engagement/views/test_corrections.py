"""Corrections of published levels on screen, in files and by the API, for who may see them."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from authorities.models import Role
from engagement.models import FindingCorrection, Side
from engagement.queries.placements import newest_publication
from tests.engagement import sight
from tests.factories import corrections as make_corrections
from tests.factories import engagement as make
from tests.factories.engagement_assessments import central

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def published(pair):
    """A published round with one pair, both sides high."""
    return make_corrections.published_round(pairs=(pair,))


def at(name: str, pair, round, *more: object) -> str:
    slugs = [round.slug, pair.authority.slug, pair.board.slug]
    return reverse(f"assessments:{name}", args=[*slugs, *more])


def form_of(pair, round, **said: str) -> dict[str, str]:
    held = make_corrections.view_of(pair=pair, round=round)
    return {
        "version": str(held.version),
        "reason": "Read from the wrong minutes.",
        "level": "low",
        "rationale": "The minutes of May say so.",
        "title-1": "Minutes of May",
        "url-1": "https://www.example.org/may",
        "private-1": "CANARY-PRIVATE",
        **{f"{theme.code}-level": "low" for theme in make.themes("sa")},
        **said,
    }


def test_a_correction_shows_the_levels_that_it_followed_whatever_was_corrected_later(
    pair, published
):
    first = make_corrections.proposed(pair=pair, round=published, level="low")
    make_corrections.approved(correction=first)
    second = make_corrections.proposed(pair=pair, round=published, side=Side.BOARD, level="partial")
    make_corrections.approved(correction=second)
    desk = sight.sign_in(central())

    shown = [
        " ".join(desk.get(at("correction", pair, published, row.pk)).content.decode().split())
        for row in (first, second)
    ]

    assert "Authority high, ICB high" in shown[0]
    assert "Authority low, ICB high" in shown[0]
    assert "Authority low, ICB high" in shown[1]
    assert "Authority low, ICB partial" in shown[1]
    assert "ICB partial" not in shown[0]


def test_an_analyst_proposes_and_a_moderator_approves_on_screen(pair, published):
    analyst, moderator = central(), central(Role.MODERATOR)
    desk, bench = sight.sign_in(analyst), sight.sign_in(moderator)
    page = desk.get(at("pair", pair, published)).content.decode()
    assert at("correct", pair, published, "sa") in page

    sent = desk.post(at("correct", pair, published, "sa"), form_of(pair, published))

    row = FindingCorrection.objects.get()
    assert sent.status_code == 302
    assert sent["Location"] == at("correction", pair, published, row.pk)
    assert (row.level, row.evidence[0]["private_note"]) == ("low", "CANARY-PRIVATE")
    shown = bench.get(at("correction", pair, published, row.pk)).content.decode()
    assert "With the correction" in shown
    assert (
        at("correction", pair, published, row.pk)
        in bench.get(f"{reverse('assessments:moderation')}?round={published.slug}").content.decode()
    )
    assert "1 correction of a published level to decide" in bench.get("/").content.decode()
    held = make_corrections.view_of(pair=pair, round=published)

    done = bench.post(
        at("correction-approve", pair, published, row.pk), {"version": str(held.version)}
    )

    assert done.status_code == 302
    assert newest_publication(round=published).number == 2
    after = desk.get(at("pair", pair, published)).content.decode()
    assert "Corrected, revision 2" in after
    assert "Correction approved and published, revision 2" in after


def test_until_it_is_approved_nobody_outside_the_centre_sees_it(pair, published):
    people = sight.people_of(pair)
    make_corrections.proposed(pair=pair, round=published, reason="CANARY-REASON")
    slugs = [pair.authority.slug, pair.board.slug]
    addresses = [
        reverse("engagement:pair", args=slugs),
        reverse("findings:reply", args=[published.slug, *slugs]),
        reverse("publications:revisions", args=[published.slug]),
        "/api/v1/placements/",
        "/",
    ]

    for name, person in people.items():
        visitor = sight.sign_in(person)
        for address in addresses:
            assert "CANARY-REASON" not in visitor.get(address).content.decode(), (name, address)


def test_once_approved_pages_files_and_the_api_say_so_and_old_ones_stay(pair, published):
    slugs = [pair.authority.slug, pair.board.slug]
    before = timezone.now()
    first = reverse("publications:revision-csv", args=[published.slug, 1])
    anybody = sight.sign_in(None)
    was = anybody.get(first).content
    make_corrections.approved(correction=make_corrections.proposed(pair=pair, round=published))

    page = anybody.get(reverse("engagement:pair", args=slugs)).content.decode()
    assert "Corrected, revision 2" in page
    assert make_corrections.REASON in page
    assert "Heard from a colleague" not in page
    assert anybody.get(first).content == was
    second = anybody.get(reverse("publications:revision-csv", args=[published.slug, 2]))
    line = next(csv.DictReader(io.StringIO(second.content.decode("utf-8-sig"))))
    assert make_corrections.REASON in line["corrections"]
    found = anybody.get("/api/v1/placements/", {"round": published.slug}).json()["results"][0]
    assert [
        (one["side"], one["revision"], one["level_before"]) for one in found["corrections"]
    ] == [("sa", 2, "high")]
    earlier = anybody.get(
        "/api/v1/placements/", {"round": published.slug, "as_at": before.isoformat()}
    )
    if earlier.status_code == 200:
        assert earlier.json()["results"][0]["authority_level"] == "high"
    changed = anybody.get(
        reverse("publications:difference", args=[published.slug, 1, 2])
    ).content.decode()
    assert "Partial" in changed or "Low" in changed


def test_both_bodies_read_it_with_their_finding_and_never_a_private_note(pair, published):
    people = sight.people_of(pair)
    make_corrections.approved(correction=make_corrections.proposed(pair=pair, round=published))
    url = reverse("findings:reply", args=[published.slug, pair.authority.slug, pair.board.slug])

    for name in ("authority editor", "board signatory"):
        page = sight.sign_in(people[name]).get(url).content.decode()
        assert "Corrected, revision 2" in page
        assert make_corrections.REASON in page
        assert "Heard from a colleague" not in page


@pytest.mark.parametrize(
    ("said", "field", "status"),
    [
        ({"reason": ""}, "id_reason", 422),
        ({"level": ""}, "id_level", 422),
        ({"level": "high", "changed_reason": "So."}, "id_level", 422),
        ({"level": "partial"}, "id_changed_reason", 422),
        ({"rationale": ""}, "id_rationale", 422),
        ({"title-1": "", "url-1": "", "private-1": ""}, "id_held", 422),
        ({"version": "1"}, "", 409),
    ],
)
def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(
    pair, published, said, field, status
):
    analyst = sight.sign_in(central())

    response = analyst.post(at("correct", pair, published, "sa"), form_of(pair, published, **said))

    page = response.content.decode()
    assert response.status_code == status
    assert f'href="#{field}' in page
    assert "govuk-error-summary" in page
    assert not FindingCorrection.objects.exists()
    if "rationale" not in said:
        assert "The minutes of May say so." in page


def test_one_that_waits_leads_back_and_its_proposer_may_take_it_back(pair, published):
    analyst = central()
    row = make_corrections.proposed(pair=pair, round=published, by=analyst)
    desk = sight.sign_in(analyst)

    assert desk.get(at("correct", pair, published, "sa")).status_code == 302
    shown = desk.get(at("correction", pair, published, row.pk)).content.decode()
    assert at("correction-take-back", pair, published, row.pk) in shown
    assert at("correction-approve", pair, published, row.pk) not in shown
    done = desk.post(
        at("correction-take-back", pair, published, row.pk),
        {"version": "9", "reason": "It was right."},
    )

    assert done.status_code == 302
    row.refresh_from_db()
    assert row.state == "taken_back"


def test_who_proposed_it_is_told_that_another_person_decides(pair, published):
    lead = central(Role.LEAD_ANALYST)
    row = make_corrections.proposed(pair=pair, round=published, by=lead)
    desk = sight.sign_in(lead)

    shown = desk.get(at("correction", pair, published, row.pk)).content.decode()
    assert "another person decides about it" in shown
    held = make_corrections.view_of(pair=pair, round=published)
    refused = desk.post(
        at("correction-approve", pair, published, row.pk), {"version": str(held.version)}
    )

    assert refused.status_code == 422
    assert newest_publication(round=published).number == 1


def test_that_of_another_pair_is_not_there(pair, other_pair):
    round = make_corrections.published_round(pairs=(pair, other_pair))
    row = make_corrections.proposed(pair=pair, round=round)

    response = sight.sign_in(central()).get(at("correction", other_pair, round, row.pk))

    assert response.status_code == 404
