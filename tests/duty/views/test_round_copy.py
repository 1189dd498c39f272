"""The next round is begun from the last one: what it asks, and nothing of what was answered."""

from datetime import timedelta

import pytest
from django.urls import reverse

from duty.models import Answer, DutyReturn, Round, RoundState
from tests.factories.duty import RoundFactory, answer, tell_return
from tests.factories.rounds import make_centre

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def sent(form) -> dict[str, str]:
    """What a form sends as its page shows it."""
    data: dict[str, str] = {}
    for bound in form:
        value = bound.value()
        if isinstance(value, bool):
            data |= {bound.html_name: "on"} if value else {}
        elif hasattr(value, "year"):
            data |= {
                f"{bound.html_name}_{part}": getattr(value, part)
                for part in ("day", "month", "year")
            }
        elif value is not None:
            data[bound.html_name] = getattr(value, "pk", value)
    return data


def test_the_last_round_is_copied_by_a_button_with_its_questions_and_not_its_answers(client):
    story = tell_return()
    answer(story, "AB1")
    last = story.round
    RoundFactory(
        specification=last.specification,
        name="Before it",
        slug="before-it",
        state=RoundState.PUBLISHED,
        covers_from=last.covers_from - timedelta(days=182),
        covers_to=last.covers_from - timedelta(days=1),
    )
    client.force_login(make_centre().administrator)

    listed = client.get(reverse("rounds:list")).content.decode()
    copying = reverse("rounds:copy", args=[last.slug])
    form = client.get(copying).context["form"]
    answered = client.post(copying, sent(form) | {"name": "The next one"})

    made = Round.objects.get(name="The next one")
    assert f'href="{copying}"' in listed
    assert f"Copy {last.name}" in listed
    assert "Copy Before it" not in listed
    assert answered.status_code == 302
    assert (made.state, made.copied_from, made.specification) == (
        RoundState.DRAFT,
        last,
        last.specification,
    )
    assert made.covers_from == last.covers_to + timedelta(days=1)
    assert (DutyReturn.objects.count(), Answer.objects.count()) == (1, 1)
