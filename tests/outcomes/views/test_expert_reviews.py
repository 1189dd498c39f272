"""The pages of expert reviews, for the owners who write them and for everybody."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from authorities.models import Role
from outcomes.actions import progress, progress_methods
from outcomes.expert_reviews import LookedAt
from outcomes.models import ExpertReview, FrameworkIndicator
from tests.factories.authorities import MembershipFactory, PairFactory, UserFactory
from tests.factories.expert_reviews import drafted_review, signed_review
from tests.factories.frameworks_in_force import draft_framework, in_force, indicator_of
from tests.factories.outcomes import NOW
from tests.outcomes.progress_world import framework_with

pytestmark = pytest.mark.django_db

WRITTEN = {
    "group_name": "Outcomes group",
    "met_on": "2 November 2026",
    "things_right": "partly",
    "things_right_text": "Two of three work.",
    "right_things": "yes",
    "right_things_text": "They follow the evidence.",
    "conclusion": "Go on, and look at housing.",
}


@pytest.fixture
def pair():
    return PairFactory()


@pytest.fixture
def version(pair):
    return in_force(
        pairs=[pair], by=UserFactory(), fill=lambda version: indicator_of(version, order=2)
    )


@pytest.fixture
def lineages(version):
    rows = FrameworkIndicator.objects.filter(framework_version=version).order_by("order")
    return [row.lineage for row in rows]


@pytest.fixture
def editor(pair, client):
    made = MembershipFactory(body=pair.board).user
    client.force_login(made)
    return made


def address(name, version, *more):
    return reverse(f"outcomes:{name}", args=[version.framework_id, *more])


@pytest.fixture
def write(client, version, editor):
    """Send the form of a new note as the page has it, with what is typed."""

    def do(**typed):
        url = address("review-new", version)
        key = client.get(url).context["form"]["form_key"].value()
        return client.post(url, {"form_key": key, **WRITTEN, **typed})

    return do


def test_an_editor_drafts_a_note_that_its_owners_alone_see(client, version, lineages, write):
    answer = write(indicators=[str(one) for one in lineages])
    form = client.get(answer.url).context["form"]
    saved = client.post(
        answer.url,
        {"version": form["version"].value(), "text_1": "", "text_2": "It moves slowly."},
    )
    page = client.get(saved.url).content.decode()
    client.logout()

    assert "What the group says is saved." in page
    assert "Only the owners of the framework see it" in page
    assert "It moves slowly." in page
    looked = ExpertReview.objects.get().indicators
    assert set(looked.values_list("lineage", "text")) == {
        (lineages[0], ""),
        (lineages[1], "It moves slowly."),
    }
    assert client.get(saved.url).status_code == 404
    assert (
        "No review is signed yet." in client.get(address("review-list", version)).content.decode()
    )


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"group_name": ""}, "group_name"),
        ({"met_on": "soon"}, "met_on"),
        ({"met_on": "1 January 2099"}, "met_on"),
        ({"things_right": ""}, "things_right"),
        ({"indicators": ["nothing"]}, "indicators"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_kept(write, typed, field):
    answer = write(**typed)

    page = answer.content.decode()
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert "There is a problem" in page
    assert "Go on, and look at housing." in page
    assert not ExpertReview.objects.exists()


def test_a_draft_is_changed_from_what_is_stored(client, version, editor, pair, lineages):
    review = drafted_review(version, body=pair.board, by=editor)
    url = address("review-edit", version, review.pk)
    form = client.get(url).context["form"]
    offered = {name: form[name].value() for name in ("indicators", "conclusion", "version")}

    client.post(
        url, {**WRITTEN, "version": 1, "conclusion": "Stop.", "indicators": [str(lineages[0])]}
    )
    stale = client.post(url, {**WRITTEN, "version": 1, "conclusion": "Mine."})

    assert offered == {
        "indicators": [str(one) for one in lineages],
        "conclusion": "Go on, and look at housing.",
        "version": 1,
    }
    review.refresh_from_db()
    assert (review.conclusion, review.indicators.get().text) == ("Stop.", "It moves slowly.")
    assert stale.status_code == 422
    assert "Somebody else changed this review" in stale.content.decode()
    assert "Mine." in stale.content.decode()


def test_a_signatory_signs_and_everybody_reads_it(client, version, editor, pair):
    review = drafted_review(version, body=pair.board, by=editor)
    url = address("review-sign", version, review.pk)
    refused = client.post(url, {"role": "Chair", "declare": "on", "version": 1}).status_code
    client.force_login(MembershipFactory(body=pair.authority, role=Role.SIGNATORY).user)

    unsaid = client.post(url, {"version": 1})
    done = client.post(url, {"role": "Chair", "declare": "on", "version": 1}, follow=True)
    client.logout()
    page = client.get(address("review", version, review.pk)).content.decode()

    assert refused == 403
    assert (unsaid.status_code, set(unsaid.context["form"].errors)) == (422, {"role", "declare"})
    assert "The review is signed and public." in done.content.decode()
    assert "Chair, " in page
    assert "Partly. Two of three work." in page
    assert "Change the draft" not in page
    assert "six months after the last one" in (
        client.get(address("review-list", version)).content.decode()
    )


def test_a_note_that_lacks_something_says_so_and_is_not_signed(client, version, editor, pair):
    review = drafted_review(version, body=pair.board, by=editor, conclusion="", looked_at=())
    client.force_login(MembershipFactory(body=pair.authority, role=Role.SIGNATORY).user)
    url = address("review-sign", version, review.pk)

    page = client.get(url).content.decode()
    answer = client.post(url, {"role": "Chair", "declare": "on", "version": 1})

    assert "Enter what the group concluded" in page
    assert answer.status_code == 422
    assert "Choose at least one indicator that the group looked at" in answer.content.decode()
    review.refresh_from_db()
    assert review.state == "draft"


def test_a_signed_review_is_changed_by_nobody(client, version, editor, pair):
    review = signed_review(version, body=pair.board, by=editor)

    assert client.get(address("review-edit", version, review.pk)).status_code == 404
    assert "This review is signed, so it stays" in (
        signing(client, version, review, pair).content.decode()
    )


def signing(client, version, review, pair):
    client.force_login(MembershipFactory(body=pair.authority, role=Role.SIGNATORY).user)
    url = address("review-sign", version, review.pk)
    return client.post(url, {"role": "Other", "declare": "on", "version": 2})


def test_strangers_and_the_centre_find_no_draft_and_no_form(client, version, pair):
    review = drafted_review(version, body=pair.board, by=UserFactory())
    urls = [address("review", version, review.pk), address("review-new", version)]
    found = []
    for member in (MembershipFactory(), MembershipFactory(role=Role.ANALYST)):
        client.force_login(member.user)
        found.append([client.get(url).status_code for url in urls])

    assert found == [[404, 404], [404, 404]]


def test_a_review_of_another_framework_is_not_there(client, version, editor, pair):
    review = signed_review(version, body=pair.board, by=editor)
    other = in_force(pairs=[PairFactory()], by=editor)

    assert client.get(address("review", other, review.pk)).status_code == 404


@pytest.fixture
def world():
    """A framework in force with a computed status, and its public method."""
    progress_methods.load(at=NOW)
    made = framework_with({2019: 60.0, 2022: 64.0})
    progress.refresh(authority=made.framework.authority, at=timezone.now())
    return made


def numbers_of(version):
    """Return the pages that show numbers of a framework, by what they are of."""
    authority, board = version.framework.authority, version.framework.partners.get().pair.board
    return {
        "framework": reverse("progress:framework", args=[version.framework_id]),
        "pair": reverse("progress:pair", args=[authority.slug, board.slug]),
        "authority": reverse("progress:authority", args=[authority.slug]),
        "text": reverse("outcomes:framework-version", args=[version.framework_id, version.number]),
    }


@pytest.mark.parametrize("page", ["framework", "pair", "authority", "text"])
def test_the_last_signed_review_stands_beside_numbers(client, world, page):
    url, person = numbers_of(world)[page], UserFactory()
    before = client.get(url).content.decode()
    signed_review(world, body=world.framework.authority, by=person)
    drafted_review(world, body=world.framework.authority, by=person, conclusion="Of later.")
    after = client.get(url).content.decode()

    assert "No expert review is signed yet." in before
    assert "six months after the framework was first agreed" in before
    assert "Go on, and look at housing." in after
    assert "six months after the last one" in after
    assert "Of later." not in after


def test_the_newest_of_two_reviews_stands_there(client, world):
    made = {"body": world.framework.authority, "by": UserFactory()}
    signed_review(world, **made, met_on=date(2026, 11, 2), conclusion="The newer one.")
    signed_review(world, **made, met_on=date(2026, 5, 2), conclusion="The older one.")

    page = client.get(numbers_of(world)["framework"]).content.decode()

    assert "The newer one." in page
    assert "The older one." not in page


def test_each_framework_of_an_authority_has_its_own_review(client, world):
    authority = world.framework.authority
    other = framework_with({2019: 60.0}, authority=authority, name="Work and health")
    progress.refresh(authority=authority, at=timezone.now())
    signed_review(other, body=authority, by=UserFactory(), conclusion="Work is what helps.")

    page = client.get(numbers_of(world)["authority"]).content.decode()

    assert page.count("No expert review is signed yet.") == 1
    assert "Work is what helps." in page
    assert '<h3 class="govuk-heading-m">Work and health</h3>' in page


def test_a_version_that_is_not_in_force_has_none_beside_it(client, pair):
    person = MembershipFactory(body=pair.board).user
    draft = draft_framework(pairs=[pair], by=person)
    client.force_login(person)

    page = client.get(
        reverse("outcomes:framework-version", args=[draft.framework_id, draft.number])
    ).content.decode()

    assert "What experts say" not in page


def test_the_sentence_of_the_group_stands_on_the_page_of_its_indicator(client, world):
    row = world.indicators.get()
    url = reverse("progress:indicator", args=[world.framework_id, row.lineage])
    before = client.get(url).content.decode()
    made = {"body": world.framework.authority, "by": UserFactory()}
    signed_review(world, **made, met_on=date(2026, 5, 2))
    signed_review(world, **made, looked_at=(LookedAt(row.lineage),))
    drafted_review(world, **made, looked_at=(LookedAt(row.lineage, "Only a draft."),))

    page = client.get(url).content.decode()

    assert "What experts say" not in before
    assert "It moves slowly." in page
    assert "Review of 2 May 2026 by Outcomes group" in page
    assert "Its status read then: Achieved" in page
    assert "Only a draft." not in page


def test_a_draft_is_deleted_by_the_side_that_wrote_it(client, version, editor, pair):
    review = drafted_review(version, body=pair.board, by=editor)
    url = address("review-give-up", version, review.pk)
    detail = address("review", version, review.pk)
    offered = client.get(detail).content.decode()
    asked = client.get(url).context["form"]["version"].value()
    client.force_login(MembershipFactory(body=pair.authority).user)
    other = client.get(detail).content.decode()
    refused = client.post(url, {"version": asked}).status_code
    client.force_login(editor)

    unsaid = client.post(url, {})
    done = client.post(url, {"version": asked}, follow=True).content.decode()

    assert "Delete the draft" in offered
    assert "Delete the draft" not in other
    assert (refused, unsaid.status_code) == (403, 422)
    assert "The draft is deleted." in done
    assert not ExpertReview.objects.exists()
    assert client.get(detail).status_code == 404


def test_a_draft_that_was_changed_meanwhile_is_not_deleted(client, version, editor, pair):
    review = drafted_review(version, body=pair.board, by=editor)
    edit = address("review-edit", version, review.pk)
    client.post(edit, {**WRITTEN, "version": 1, "conclusion": "Stop."})

    answer = client.post(address("review-give-up", version, review.pk), {"version": 1})

    assert answer.status_code == 422
    assert "Somebody else changed this review" in answer.content.decode()
    assert ExpertReview.objects.exists()


def test_a_signed_review_is_not_deleted(client, version, editor, pair):
    review = signed_review(version, body=pair.board, by=editor)

    assert client.get(address("review-give-up", version, review.pk)).status_code == 404


def test_a_group_of_many_indicators_is_asked_of_those_that_it_chose(client, version, editor, pair):
    review = drafted_review(version, body=pair.board, by=editor)
    page = client.get(address("review-edit", version, review.pk)).content.decode()
    url = address("review-words", version, review.pk)
    form = client.get(url).context["form"]

    stale = client.post(url, {"version": 0, "text_1": "Mine."})

    assert page.count("<textarea") == 3
    assert [one.value() for one in form.visible_fields()] == ["It moves slowly."] * 2
    assert (stale.status_code, "Mine." in stale.content.decode()) == (422, True)


def test_a_draft_that_names_no_indicator_leads_to_the_note(client, version, write):
    answer = write()

    assert answer.url == address("review", version, ExpertReview.objects.get().pk)
