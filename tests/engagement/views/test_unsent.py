"""Forms of engagement that are sent after the session ended, or too late: no word is lost."""

import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorities.models import Role, User
from duty.actions import unsent
from duty.models import UnsentText
from engagement.models import Commitment, OwnView, Side
from tests.engagement import sight
from tests.factories import engagement as make
from tests.factories.engagement_commitments import AgreedCommitmentFactory, CommitmentFactory

pytestmark = pytest.mark.django_db

WAITS = "it is not saved yet"
NOT_SAVED = "What you typed, which was not saved"
LINK = "https://example.org/typed"


def view_page(pair: Any, name: str = "own-view") -> str:
    return reverse(f"engagement:{name}", args=[pair.authority.slug, pair.board.slug])


def hidden_of(page: str, *names: str) -> dict[str, str]:
    """What the page's form carries unseen."""
    form = page[page.index('name="typed_by"') - 300 :]
    return {
        name: re.search(rf'name="{name}"(?: [a-z]+="[^"]*")* value="([^"]*)"', form)[1]
        for name in ("csrfmiddlewaretoken", "typed_by", *names)
    }


def open_again(person: User, page: str, *carried: str, **typed: str) -> tuple[Client, str]:
    """Open a page, type, send it when the session is over, sign in: what the page then shows."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    sent = hidden_of(client.get(page).content.decode(), *carried)
    Session.objects.all().delete()
    answered = client.post(page, sent | typed)
    assert answered.url == f"{reverse('account_login')}?next={page}"
    client.force_login(person)
    text: str = client.get(page).content.decode()
    assert WAITS in text
    assert 'class="govuk-error-summary"' not in text
    return client, text


def in_area(page: str, words: str) -> bool:
    """Whether words stand in a box of several lines."""
    return re.search(rf">\s*{words}</textarea>", page) is not None


def test_statements_and_their_evidence_are_in_the_form_again(pair, round):
    editor = make.member(pair.authority)
    typed = {"S1-level": "high", "S1-title": "TYPED TITLE", "S1-url": LINK}

    client, page = open_again(editor, view_page(pair), "version", **typed)

    assert not OwnView.objects.exists()
    assert 'value="TYPED TITLE"' in page
    assert f'value="{LINK}"' in page
    assert re.search(r'name="S1-level"[^>]*value="high"[^>]* checked', page)
    saved = client.post(view_page(pair), hidden_of(page, "version") | typed)
    assert saved.status_code == 302
    assert OwnView.objects.get().picks.get().evidence_title == "TYPED TITLE"
    assert not UnsentText.objects.exists()


def test_why_another_level_is_confirmed_is_in_the_form_again(pair, round):
    make.draft(pair=pair, round=round, side=Side.AUTHORITY, level="high")
    signatory = make.member(pair.authority, Role.SIGNATORY)

    _, page = open_again(
        signatory,
        view_page(pair, "own-view-check"),
        "version",
        level="partial",
        changed_reason="TYPED REASON",
    )

    assert in_area(page, "TYPED REASON")
    assert re.search(r'value="partial"[^>]* checked', page)


def test_why_a_view_is_opened_again_is_in_the_form_again(pair, round):
    make.confirmed(pair=pair, round=round, side=Side.AUTHORITY, level="high")
    signatory = make.member(pair.authority, Role.SIGNATORY)

    _, page = open_again(
        signatory, view_page(pair, "own-view-reopen"), "version", reason="TYPED REASON"
    )

    assert in_area(page, "TYPED REASON")


def test_a_proposal_is_in_its_form_again_and_is_sent_once(pair):
    editor = make.member(pair.authority)
    page_of = reverse("commitments:propose", args=[pair.authority.slug, pair.board.slug])
    typed = {
        "title": "TYPED TITLE",
        "description": "TYPED WORDS",
        "specification": "co-operation",
        "own_owner": "TYPED OWNER",
        "lead": "both",
        "timing": "no_date",
        "no_date_reason": "TYPED REASON",
    }

    client, page = open_again(editor, page_of, "form_key", **typed)

    assert 'value="TYPED TITLE"' in page
    assert 'value="TYPED OWNER"' in page
    assert in_area(page, "TYPED WORDS")
    assert in_area(page, "TYPED REASON")
    sent = hidden_of(page, "form_key") | typed
    assert [client.post(page_of, sent).status_code for _ in range(2)] == [302, 302]
    assert Commitment.objects.get().title == "TYPED TITLE"
    assert not UnsentText.objects.exists()


@pytest.mark.parametrize(
    ("page", "made", "role", "carried", "typed"),
    [
        (
            "update",
            AgreedCommitmentFactory,
            Role.EDITOR,
            ("form_key",),
            {"status": "on_track", "narrative": "TYPED WORDS"},
        ),
        ("decline", CommitmentFactory, Role.SIGNATORY, (), {"reason": "TYPED WORDS"}),
        ("confirm", CommitmentFactory, Role.SIGNATORY, (), {"owner": "TYPED WORDS"}),
    ],
)
def test_what_is_said_of_a_commitment_is_in_its_form_again(pair, page, made, role, carried, typed):
    commitment = made(pair=pair)
    body = pair.board if commitment.proposed_side == Side.AUTHORITY else pair.authority
    person = make.member(body, role)

    _, shown = open_again(
        person, reverse(f"commitments:{page}", args=[commitment.pk]), *carried, **typed
    )

    assert in_area(shown, "TYPED WORDS") or 'value="TYPED WORDS"' in shown


def test_somebody_else_at_that_browser_never_sees_it(pair, round):
    client, _ = open_again(
        make.member(pair.authority), view_page(pair), "version", **{"S1-title": "TYPED TITLE"}
    )
    client.force_login(make.member(pair.authority))

    page = client.get(view_page(pair)).content.decode()

    assert "TYPED TITLE" not in page
    assert WAITS not in page


def test_a_view_that_is_confirmed_meanwhile_shows_what_was_typed(pair, round):
    editor = make.member(pair.authority)
    make.confirmed(pair=pair, round=round, side=Side.AUTHORITY, level="high")
    client = sight.sign_in(editor)

    answered = client.post(
        view_page(pair),
        {"version": "1", "S1-level": "low", "S1-title": "TYPED TITLE", "S1-url": LINK},
    )
    unsent.keep_unsent(
        path=view_page(pair), fields={"S1-title": ["KEPT TITLE"]}, by=editor, at=timezone.now()
    )
    later = client.get(view_page(pair)).content.decode()

    page = answered.content.decode()
    assert answered.status_code in (409, 422)
    assert NOT_SAVED in page
    assert "TYPED TITLE" in page
    assert LINK in page
    assert "KEPT TITLE" in later


def test_reasons_that_come_too_late_are_shown(pair, round):
    make.draft(pair=pair, round=round, side=Side.AUTHORITY, level="high")
    client = sight.sign_in(make.member(pair.authority, Role.SIGNATORY))

    reopened = client.post(
        view_page(pair, "own-view-reopen"), {"version": "7", "reason": "TYPED REASON"}
    ).content.decode()
    make.confirmed(pair=pair, round=round, side=Side.AUTHORITY, level="high")
    confirmed = client.post(
        view_page(pair, "own-view-check"),
        {"version": "0", "level": "low", "changed_reason": "TYPED REASON"},
    ).content.decode()

    for page in (reopened, confirmed):
        assert NOT_SAVED in page
        assert "TYPED REASON" in page
