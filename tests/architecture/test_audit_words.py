"""Every action that the source writes into the audit has words."""

import ast
import re
from collections.abc import Iterator
from enum import StrEnum

import pytest

from authorities.audit_words import DEEDS, PLAIN, THINGS, is_known, words_of
from authorities.models import AuditEvent
from authorities.notices import kinds
from duty import lifecycle
from duty.actions.round_steps import _AUDIT_WORDS
from engagement import (
    assessment_lifecycle,
    commitment_lifecycle,
    lever_lifecycle,
    practice_lifecycle,
    support_lifecycle,
)
from outcomes import framework_lifecycle
from tests.architecture.project import APPS, sources, text_of
from tests.world import World


def _actions() -> Iterator[str]:
    """Give the constant that is passed as `action=`, or the constant start of a text made there."""
    for path in (path for app in APPS for path in sources(suffix=".py", under=app)):
        if "management" in path.parts:
            continue
        for node in ast.walk(ast.parse(text_of(path))):
            if not isinstance(node, ast.keyword) or node.arg != "action":
                continue
            for part in ast.walk(node.value):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


ACTIONS = sorted(set(_actions()))


def test_the_source_has_actions() -> None:
    assert len(ACTIONS) > 100
    assert "return.downloaded" in ACTIONS


@pytest.mark.parametrize("action", [one for one in ACTIONS if "." in one.strip(".")])
def test_each_action_has_words(action: str) -> None:
    assert is_known(action)
    assert words_of(action) != action


@pytest.mark.parametrize(
    "thing",
    # What begins with an underscore is the end of a word that is put together.
    sorted({one[:-1] for one in ACTIONS if one.endswith(".") and not one.startswith(("_", "."))}),
)
def test_each_thing_that_is_put_before_a_deed_has_words(thing: str) -> None:
    assert thing in THINGS


def _named_in_actions() -> Iterator[str]:
    """Give every text of the form `thing.deed` in an action, however it comes to the audit.

    Kinds of messages have that form, too.
    """
    for path in (path for app in APPS for path in sources(suffix=".py", under=f"{app}/actions")):
        for node in ast.walk(ast.parse(text_of(path))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found = re.fullmatch(r"([a-z_]+)\.([a-z_]+)", node.value)
                if found and found[1] in THINGS and found[2] != "csv" and node.value not in kinds():
                    yield node.value


@pytest.mark.parametrize("action", sorted(set(_named_in_actions())))
def test_each_action_that_is_named_anywhere_has_words(action: str) -> None:
    assert is_known(action)


@pytest.mark.parametrize(
    ("thing", "events"),
    [
        ("assessment", assessment_lifecycle.Event),
        ("commitment", commitment_lifecycle.Event),
        ("enrolment", support_lifecycle.Event),
        ("framework", framework_lifecycle.Event),
        ("lever", lever_lifecycle.Event),
        ("practice", practice_lifecycle.Event),
        ("return", lifecycle.ReturnEvent),
    ],
)
def test_each_step_of_a_life_has_words(thing: str, events: type[StrEnum]) -> None:
    assert [one.value for one in events if not is_known(f"{thing}.{one.value}")] == []


@pytest.mark.parametrize("deed", sorted(set(_AUDIT_WORDS.values())))
def test_each_step_of_a_round_has_words(deed: str) -> None:
    assert is_known(f"round.{deed}")


def test_an_action_without_words_is_shown_as_it_is() -> None:
    assert words_of("thing.done") == "thing.done"
    assert words_of("return.what_nobody_named") == "return.what_nobody_named"


def test_no_word_is_said_twice() -> None:
    assert not set(DEEDS) & PLAIN
    assert len(set(THINGS.values())) == len(THINGS)


@pytest.mark.slow
def test_each_action_of_the_demonstration_has_words(world: World) -> None:
    done = set(AuditEvent.objects.values_list("action", flat=True))

    assert {action for action in done if not is_known(action)} == set()
