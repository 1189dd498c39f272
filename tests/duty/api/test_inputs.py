"""Whatever is sent to the API of returns is taken or refused; nothing breaks it."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from authorities.api.strict import StrictSerializer
from duty.api import return_inputs
from tests.duty.api.callers import client_of, send

INPUTS = [
    value
    for value in vars(return_inputs).values()
    if isinstance(value, type)
    and issubclass(value, StrictSerializer)
    and value is not StrictSerializer
]
NASTY = st.sampled_from(
    [
        *("", "0", "1_000", "٣", "²", "nan", "1e9", "a" * 3000, "word " * 500, "<script>", "\x07"),
        *("2026-02-30", "9999-12-31", "https://example.org/a", "javascript:alert(1)", "value"),
        *("about", "no_evidence", "not_yet_known", "=1+1", "😀", "\u202e", "https://[", "1, 2-1"),
    ]
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(10**19), 10**19)
    | st.floats(allow_nan=False, allow_infinity=False)
    | NASTY
)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["text", "option", "options", "rows", "number", "date", "link", "pairs", "url"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)
QUICK = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    # What is stored does not matter here, only that each answer is one of those promised.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def bodies_of(serializer: type[StrictSerializer]) -> st.SearchStrategy[Any]:
    names = st.sampled_from([*serializer().fields, "state", "id", "more"])
    return ANYTHING | st.dictionaries(names, ANYTHING, max_size=5)


@pytest.mark.slow
@pytest.mark.parametrize("serializer", INPUTS, ids=lambda one: one.__name__)
def test_each_input_takes_or_refuses_whatever_is_sent(serializer: type[StrictSerializer]):
    @QUICK
    @given(body=bodies_of(serializer))
    def check(body: Any) -> None:
        sent = serializer(data=body)
        if sent.is_valid():
            assert set(body) <= set(serializer().fields)
        else:
            assert sent.errors

    check()


@pytest.mark.parametrize("serializer", INPUTS, ids=lambda one: one.__name__)
def test_no_input_takes_a_field_that_is_not_listed(serializer: type[StrictSerializer]):
    names = ("status", "authority_id", "approved_by", "id", "created", "version", "submitted_at")

    sent = serializer(data=dict.fromkeys(names, 1))

    assert not sent.is_valid()
    assert {name: sent.errors[name][0].code for name in names} == dict.fromkeys(
        names, "unknown-field"
    )


@pytest.mark.slow
@pytest.mark.django_db
def test_no_answer_breaks_its_address(story, base):
    editor = client_of(story.editor)
    codes = ["CO1/boards/south-testshire-board-1", "CO3", "CO5", "ST2", "HT1", "HT3", "AB1", "AB3"]

    @QUICK
    @given(
        code=st.sampled_from(codes),
        body=st.fixed_dictionaries(
            {"expected_version": st.integers(0, 2)},
            optional={"value": ANYTHING, "state": NASTY, "reason": LEAVES, "evidence": ANYTHING},
        ),
    )
    def check(code: str, body: Any) -> None:
        response = send(editor, "PUT", f"{base}answers/{code}/", body)
        assert response.status_code in (200, 400, 404, 405, 409), body
        if response.status_code != 200:
            assert json.loads(response.content)["total"] > 0

    check()
