"""Methods of progress: one is public, and a later one is seen beside it before it is."""

import csv
from dataclasses import replace

import pytest
from django.test import Client

from authorities.models import AuditEvent, Role
from outcomes.actions import progress, progress_methods
from outcomes.models import ProgressMethod, ProgressStatus, RecomputeRequest
from outcomes.presenters import progress_methods as presenter
from outcomes.progress_labels import METHODS
from outcomes.queries import progress_methods as queries
from tests.factories.authorities import NationalMembershipFactory, UserFactory
from tests.factories.outcomes import NOW
from tests.outcomes.progress_world import framework_with

pytestmark = pytest.mark.django_db

# A method that calls everything stale as soon as its figures could be there.
STRICT = replace(METHODS[0], number=2, text="Stale at once.", stale_months=0)


@pytest.fixture
def version(monkeypatch):
    """A framework in force, computed by the first method; a second one is known and loaded."""
    progress_methods.load(at=NOW)
    made = framework_with({2019: 60.0, 2022: 61.0}, {2019: 60.0})
    progress.refresh(authority=made.framework.authority, at=NOW)
    monkeypatch.setattr("outcomes.queries.progress.METHODS", (*METHODS, STRICT))
    progress_methods.load(at=NOW, known=(*METHODS, STRICT))
    return made


def labels():
    return list(
        ProgressStatus.objects.order_by("method", "framework_indicator").values_list(
            "method", "status", "reason"
        )
    )


def test_the_first_method_is_public_from_the_start_and_loaded_once():
    counts = [progress_methods.load(at=NOW) for _ in range(2)]

    assert counts == [1, 0]
    assert ProgressMethod.objects.get().made_public_at == NOW


def test_a_later_method_is_computed_beside_the_public_one(version):
    progress.refresh(authority=version.framework.authority, at=NOW)

    assert labels() == [
        (1, "on_track", ""),
        (1, "not_assessed", "overlapping"),
        (2, "not_assessed", "stale"),
        (2, "not_assessed", "overlapping"),
    ]


def test_a_later_method_asks_for_recomputes_of_who_has_something_agreed(version):
    asked = RecomputeRequest.objects.get()

    assert asked.subject_id == version.framework.authority_id


def test_what_a_later_method_moves_is_said_with_both_reasons(version):
    progress.refresh(authority=version.framework.authority, at=NOW)

    later, public = queries.compared(day=NOW.date())

    [moved] = later.moved
    assert (later.number, later.computed, later.of) == (2, 2, 2)
    assert public.moved == ()
    was, becomes = moved.before["trajectory"], moved.after["trajectory"]
    assert (was["words"], becomes["words"]) == ("On track", "Not assessed")
    assert was["why"].startswith("61.0 (60 to 62) in 2022-24.")
    assert becomes["why"].startswith("The latest value is of 2022-24.")


def test_what_moves_is_told_for_each_label_and_stands_in_a_file(version):
    progress.refresh(authority=version.framework.authority, at=NOW)
    client = Client()
    client.force_login(NationalMembershipFactory(role=Role.ANALYST).user)

    page = client.get("/progress/methods/").content.decode()
    sent = client.get("/progress/methods/2/moves.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(sent.splitlines()))

    assert "Labels of 1 of 2 indicators would change" in page
    told = {row["label"]: (row["now"], row["later"]) for row in rows}
    assert told == {
        "Against what was agreed": ("On track", "Not assessed"),
        "Confidence in the data": ("Medium", "Not judged"),
    }
    assert all(f"{label}: 1" in page for label in told)


def test_a_method_that_moves_only_how_sure_the_data_are_is_not_said_to_move_nothing(version):
    progress.refresh(authority=version.framework.authority, at=NOW)
    row = ProgressStatus.objects.get(method=2, reason="stale")
    same = ProgressStatus.objects.get(method=1, framework_indicator=row.framework_indicator_id)
    row.content = {**same.content, "confidence": {"level": "low", "why": "by another rule"}}
    row.save()

    later = presenter.one(method=queries.compared(day=NOW.date())[0])

    assert later.moved_words == "Labels of 1 of 2 indicators would change"
    assert later.counts == ("Confidence in the data: 1",)


def test_made_public_it_is_what_pages_show_and_the_earlier_statuses_stay(version):
    progress.refresh(authority=version.framework.authority, at=NOW)
    progress.refresh_nation(at=NOW)
    before = list(ProgressStatus.objects.filter(method=1).order_by("pk").values())
    lead = UserFactory()
    address = f"/progress/authorities/{version.framework.authority.slug}/"
    shown = Client().get(address).content.decode()

    progress_methods.make_public(number=2, by=lead, at=NOW)
    progress.refresh(authority=version.framework.authority, at=NOW)

    after = Client().get(address).content.decode()
    assert "2 indicators: 1 assessed, 1 not assessed" in shown
    assert "2 indicators: 0 assessed, 2 not assessed" in after
    assert 'href="/progress/methods/#method-2">Method 2</a>' in after
    assert list(ProgressStatus.objects.filter(method=1).order_by("pk").values()) == before
    audit = AuditEvent.objects.get(action="progress_method.made_public")
    assert (audit.by, audit.detail["number"]) == (lead, 2)


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (1, "Method 1 is public already."),
        (2, "2 indicators have not been computed by method 2 yet."),
        (7, "There is no such method."),
    ],
)
def test_a_method_is_not_made_public_twice_nor_before_it_is_computed(version, number, message):
    with pytest.raises(progress_methods.MethodRefusedError, match=message):
        progress_methods.make_public(number=number, by=UserFactory(), at=NOW)


def test_analysts_see_what_moves_and_only_a_lead_makes_it_public(version):
    progress.refresh(authority=version.framework.authority, at=NOW)
    public = Client().get("/progress/methods/").content.decode()
    pages = {}
    for role in (Role.ANALYST, Role.LEAD_ANALYST):
        client = Client()
        client.force_login(NationalMembershipFactory(role=role).user)
        pages[role] = (
            client.get("/progress/methods/").content.decode(),
            client.post("/progress/methods/2/publish/").status_code,
        )

    assert "Method 1" in public
    assert "Method 2" not in public
    seen, refused = pages[Role.ANALYST]
    assert "Labels of 1 of 2 indicators would change" in seen
    assert "Make method 2 public" not in seen
    assert refused == 403
    assert "Make method 2 public" in pages[Role.LEAD_ANALYST][0]
    assert pages[Role.LEAD_ANALYST][1] == 302
    assert ProgressMethod.objects.get(number=2).made_public_by is not None
