"""Lists of a page have pages of their own, and one list leaves the others where they are."""

import uuid

import pytest
from django.test import RequestFactory

from duty.models import Round
from engagement.assessment_lifecycle import State
from engagement.presenters.desk import ROWS, moderation_page
from engagement.queries.desk import DeskLine
from engagement.views.paging import PageOf, page_of


def asked(query: str):
    return RequestFactory().get(f"/?{query}")


@pytest.mark.parametrize(
    ("query", "page", "first"),
    [("", 1, 0), ("drafts=2", 2, 25), ("drafts=99", 3, 50), ("drafts=none", 1, 0)],
)
def test_a_page_is_cut_from_a_list(query, page, first):
    found = page_of(request=asked(query), rows=range(60), part="drafts")

    assert (found.page, found.pages, found.rows[0]) == (page, 3, first)
    assert len(found.rows) == (10 if page == 3 else 25)


def test_the_other_lists_stay_where_they_are():
    found = page_of(request=asked("rubric=2&drafts=3"), rows=range(60), part="drafts")

    assert found.url == "?rubric=2&drafts="


def test_an_empty_list_has_one_page():
    found: PageOf[object] = page_of(request=asked("page=4"), rows=(), part="page")

    assert (found.page, found.pages, list(found.rows)) == (1, 1, [])


def line(number: int, state: State, **said) -> DeskLine:
    fields = {
        "pair_id": uuid.UUID(int=number),
        "authority_slug": f"authority-{number}",
        "authority_name": f"Authority {number:03d}",
        "board_slug": "board",
        "board_name": "Board",
        "region": "",
        "state": state,
        "assigned_id": None,
        "assigned_name": "",
        "drafted_id": None,
        "views": 2,
        "second_look_since": None,
        "correction_id": None,
        "correction_by": None,
    }
    return DeskLine(**{**fields, **said})


ME = uuid.UUID(int=1)


def moderation(lines, *, person=ME, interested=(), **pages):
    return moderation_page(
        rounds=(),
        round_=Round(slug="autumn", name="Autumn"),
        lines=lines,
        person_id=person,
        interested=interested,
        shares_now=True,
        pages=pages,
    )


def test_each_list_of_moderation_counts_all_and_shows_a_page():
    many = [line(number, State.IN_MODERATION) for number in range(60)]
    page = moderation([*many, line(99, State.REPLIED)], drafts=2)

    assert (page.drafts.total, page.drafts.page, page.drafts.pages) == (60, 2, 3)
    assert page.drafts.rows[0].name == f"Authority {ROWS:03d} with Board"
    assert page.challenged.page_url == "?round=autumn&drafts=2&challenged="
    assert (page.challenged.total, page.challenged.pages) == (1, 1)


def test_a_correction_waits_for_another_person_than_who_proposed_it():
    me, key = uuid.UUID(int=7), uuid.UUID(int=8)
    lines = [
        line(1, State.FINAL, correction_id=key, correction_by=me),
        line(2, State.FINAL, correction_id=key, correction_by=uuid.UUID(int=9)),
        line(3, State.FINAL, correction_id=key, correction_by=uuid.UUID(int=9)),
    ]

    rows = moderation(lines, person=me, interested=["sa/authority-3"]).corrections.rows

    assert [bool(row.why_not) for row in rows] == [True, False, True]
    assert rows[0].why_not == "You proposed it, so another person decides."
