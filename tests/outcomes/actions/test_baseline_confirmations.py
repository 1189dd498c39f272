"""A baseline revised by more than half of the agreed change: its owners are asked to confirm it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from authorities.models import AuditEvent, Notice, Role
from outcomes.actions import baseline_confirmations, progress, progress_methods
from outcomes.models import BaselineConfirmation, FrameworkIndicator, Observation
from outcomes.queries.framework_lists import WaitKind, waits_at
from outcomes.queries.revised_baselines import asked
from tests.factories.authorities import BoardFactory, MembershipFactory, UserFactory
from tests.factories.outcomes import NOW
from tests.outcomes.progress_world import framework_with, published
from tests.outcomes.views.framework_pages import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    """A framework from 60 to 62, whose baseline was revised to 61.5."""
    progress_methods.load(at=NOW)
    made = framework_with({2019: 60.0, 2022: 61.0})
    progress.refresh(authority=made.framework.authority, at=NOW)
    revise(made, 61.5)
    return made


def place_of(version):
    return FrameworkIndicator.objects.get(framework_version=version)


def revise(version, value, *, at=NOW):
    """Publish the baseline anew, and compute what follows."""
    place = place_of(version)
    of = {"indicator": place.indicator, "area": place.area}
    Observation.objects.filter(**of, period=place.baseline_period, superseded_at=None).update(
        superseded_at=at
    )
    published(place.indicator, place.area, {2019: value})
    progress.refresh(authority=version.framework.authority, at=at)


def owners(version):
    return version.framework.authority, version.framework.partners.get().pair.board


def confirm(version, body, *, value=61.5, by=None):
    return baseline_confirmations.confirm(
        framework=version.framework,
        lineage=place_of(version).lineage,
        body=body,
        value_read=value,
        by=by or UserFactory(),
        at=NOW,
    )


def url_of(version, name="progress:indicator"):
    return reverse(name, args=[version.framework_id, place_of(version).lineage])


def kinds_at(body):
    return [one.kind for one in waits_at(bodies=[body.pk]).get(body.pk, ())]


def test_both_owners_are_asked_and_their_editors_told(version):
    for body in owners(version):
        editor = MembershipFactory(body=body, role=Role.EDITOR).user
        assert kinds_at(body) == [WaitKind.CONFIRM]
        [notice] = Notice.objects.filter(kind=baseline_confirmations.KIND, body_id=body.pk)
        [letter] = baseline_confirmations.KINDS[notice.kind].letters(notice, NOW)
        assert (letter.recipient, "revised" in letter.subject) == (editor, True)


def test_a_smaller_revision_asks_nobody(version):
    revise(version, 60.4, at=NOW + timedelta(days=1))

    assert asked(frameworks=[version.framework_id]) == ()
    assert all(kinds_at(body) == [] for body in owners(version))


def test_the_same_revision_tells_nobody_twice(version):
    before = Notice.objects.count()

    published(place_of(version).indicator, owners(version)[0], {2025: 61.2})
    progress.refresh(authority=version.framework.authority, at=NOW + timedelta(days=1))

    assert Notice.objects.count() == before


def test_an_owner_confirms_a_value_once_with_an_audit_row(version):
    authority, board = owners(version)
    by = UserFactory()

    made = confirm(version, authority, by=by)
    again = confirm(version, authority)

    assert (made, made.value, made.at, made.by) == (again, 61.5, NOW, by)
    assert AuditEvent.objects.filter(action="baseline.confirmed").count() == 1
    assert (kinds_at(authority), kinds_at(board)) == ([], [WaitKind.CONFIRM])


def test_a_later_revision_asks_again_and_what_was_said_stays(version):
    for body in owners(version):
        confirm(version, body)
    quiet = [kinds_at(body) for body in owners(version)]

    revise(version, 61.7, at=NOW + timedelta(days=1))

    assert quiet == [[], []]
    assert [kinds_at(body) for body in owners(version)] == [[WaitKind.CONFIRM], [WaitKind.CONFIRM]]
    assert list(BaselineConfirmation.objects.values_list("value", flat=True)) == [61.5, 61.5]
    assert Notice.objects.filter(kind=baseline_confirmations.KIND).count() == 4


def test_what_was_revised_meanwhile_or_is_not_asked_is_refused(version):
    authority, _ = owners(version)
    with pytest.raises(baseline_confirmations.ConfirmationRefusedError, match="revised again"):
        confirm(version, authority, value=61.4)
    with pytest.raises(baseline_confirmations.ConfirmationRefusedError, match="Only those"):
        confirm(version, BoardFactory())
    revise(version, 60.0, at=NOW + timedelta(days=1))
    with pytest.raises(baseline_confirmations.ConfirmationRefusedError, match="Nothing is asked"):
        confirm(version, authority, value=60.0)


def test_a_confirmation_never_changes(version):
    confirm(version, owners(version)[0])

    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        BaselineConfirmation.objects.update(value=1.0)


def test_everybody_reads_on_every_page_who_has_yet_to_confirm(version):
    pages = (
        url_of(version),
        reverse("progress:framework", args=[version.framework_id]),
        reverse("outcomes:framework-version", args=[version.framework_id, version.number]),
    )
    words = ("yet to confirm it", "to be confirmed by its owners", "have confirmed it")

    before = [Client().get(url).content.decode() for url in pages]
    for body in owners(version):
        confirm(version, body)
    after = [Client().get(url).content.decode() for url in pages]

    assert [word in page for word, page in zip(words, before, strict=True)] == [True] * 3
    assert [word in page for word, page in zip(words, after, strict=True)] == [False] * 3
    assert "confirmed 61.5 as the revised baseline" in after[0]


def test_an_editor_confirms_it_on_its_page(version):
    authority, _ = owners(version)
    client = member(authority, Role.EDITOR)
    url = url_of(version, "progress:baseline-confirm")

    offered = url in client.get(url_of(version)).content.decode()
    asked_page = client.get(url).content.decode()
    stale = client.post(url, {"value": "61.4"})
    client.post(url, {"value": "61.5"})

    assert offered
    assert reverse("outcomes:framework-change", args=[version.framework_id, 1]) in asked_page
    assert (stale.status_code, "revised again" in stale.content.decode()) == (409, True)
    assert BaselineConfirmation.objects.get().body_id == authority.pk
    assert client.get(url)["Location"] == url_of(version)
    assert url not in client.get(url_of(version)).content.decode()


def test_the_home_of_an_editor_says_that_it_waits(version):
    client = member(owners(version)[1], Role.EDITOR)

    page = client.get("/").content.decode()

    assert "confirm a baseline that was revised by much" in page
    assert reverse("progress:framework", args=[version.framework_id]) in page


def test_the_api_says_who_confirmed_which_value(version):
    authority, _ = owners(version)
    confirm(version, authority)

    [row] = Client().get("/api/v1/progress/").json()["results"]

    assert row["needs_confirmation"] is True
    [said] = row["baseline_confirmations"]
    assert (said["body_slug"], said["value"]) == (authority.slug, 61.5)
