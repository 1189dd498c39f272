"""Which links there are in what people write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty.answer_links import MOST_CHARACTERS, links_in

PLAN = "https://example.org/plan"


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ({"link": PLAN}, (PLAN,)),
        ({"link": f" {PLAN}. "}, (f"{PLAN}.",)),
        ({"option": "adopted", "strategy_link": PLAN}, (PLAN,)),
        (
            {"rows": [{"a": "x", "link": PLAN}, {"link": "http://b.example"}]},
            (PLAN, "http://b.example"),
        ),
        ({"text": f"See {PLAN}, and {PLAN}."}, (PLAN,)),
        ({"text": f"The plan ({PLAN}) holds"}, (PLAN,)),
        ({"text": "See https://a.example/Plan_(2026)."}, ("https://a.example/Plan_(2026)",)),
        ({"text": f"“{PLAN}”; ‘http://b.example/?a=1&b=2’!"}, (PLAN, "http://b.example/?a=1&b=2")),
        ({"text": f'<a href="{PLAN}">'}, (PLAN,)),
        ({"text": "HTTPS://EXAMPLE.ORG/A it is"}, ("HTTPS://EXAMPLE.ORG/A",)),
        (({"text": PLAN}, "", f"note {PLAN}/2"), (PLAN, f"{PLAN}/2")),
    ],
)
def test_links_are_found_alone_and_within_texts(value: object, found: tuple[str, ...]) -> None:
    assert links_in(value=value) == found


@pytest.mark.parametrize(
    "value",
    [
        None,
        7,
        "",
        "www.example.org",
        "ftp://example.org/a",
        "javascript:alert(1)",
        "https://",
        "see https://.",
        "mailto:a@example.org",
        {"https://example.org/key": "no value"},
        "https://example.org/" + "a" * MOST_CHARACTERS,
    ],
)
def test_what_is_no_link_of_the_web_is_not_found(value: object) -> None:
    assert links_in(value=value) == ()


@given(
    st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_no_value_is_too_strange(value: object) -> None:
    for link in links_in(value=value):
        assert link.lower().startswith(("http://", "https://"))
        assert not any(character.isspace() for character in link)


def test_a_value_of_any_depth_is_read_to_some_depth_only() -> None:
    value: object = PLAN
    for _ in range(100_000):
        value = [value]

    assert links_in(value=value) == ()
