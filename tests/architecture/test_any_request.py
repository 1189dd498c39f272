"""Whatever is sent to the API, it answers as its own description says, and it does not fall.

Schemathesis makes requests from the description, right ones and wrong ones, for each kind of
caller. A few for each operation here; `--hypothesis-profile=long` makes a hundred of each.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    negative_data_rejection,
    positive_data_acceptance,
)

from tests.architecture.addresses import Visitor
from tests.architecture.test_addresses import client_of
from tests.world import World

pytestmark = pytest.mark.slow

_EXAMPLES = 100 if settings.get_current_profile_name() == "long" else 2
_CALLERS = [
    Visitor.ANYBODY,
    Visitor.OWN_SIGNATORY,
    Visitor.BOARD_SIGNATORY,
    Visitor.ANALYST,
    Visitor.ADMINISTRATOR,
]
# What a description cannot say: that a round is closed, or a key is used up.
_NOT_SAID = [positive_data_acceptance]
_TOKEN = "t" * 32


def headers_of(caller: Visitor) -> dict[str, str]:
    """Return what a program of somebody who is signed in sends along; nothing of nobody's."""
    kept = {name: cookie.value for name, cookie in client_of(caller).cookies.items()}
    kept["csrftoken"] = _TOKEN
    cookies = "; ".join(f"{name}={value}" for name, value in kept.items())
    return {"Cookie": cookies, "X-CSRFToken": _TOKEN}


def api_for(caller: Visitor) -> Any:
    """Return the API as it describes itself, on the site of this process.

    Who is signed in always sends a session along, so that none is made up for them.
    """
    described = SchemaGenerator().get_schema(request=None, public=True)
    for operations in described["paths"].values() if caller else ():
        for operation in operations.values():
            operation.pop("security", None)
    api = schemathesis.openapi.from_dict(described)
    api.app = get_wsgi_application()
    return api


def _is_sent(case: Any, answer: Any) -> bool:
    """Whether all that was made up for the address stands in it.

    Of an empty list nothing does, and a request that says nothing is not wrong.
    """
    sent = parse_qs(urlsplit(answer.request.url).query, keep_blank_values=True)
    return set(case.query or {}) <= sent.keys()


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """Keep the test's connection, which a request would close at its end."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield
    for signal in ends:
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: str(mode.value))
@pytest.mark.parametrize("caller", _CALLERS, ids=lambda caller: caller.name)
def test_the_api_keeps_its_word(caller: Visitor, mode: GenerationMode, world: World) -> None:
    headers = headers_of(caller)
    operations = [found.ok() for found in api_for(caller).get_all_operations()]
    faults: dict[str, str] = {}
    asked = 0

    for operation in operations:

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(
            max_examples=_EXAMPLES,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def keeps_its_word(case: Any) -> None:
            answer = case.call(headers=headers)
            unsaid = [] if _is_sent(case, answer) else [negative_data_rejection]
            case.validate_response(answer, excluded_checks=[*_NOT_SAID, *unsaid])

        try:
            keeps_its_word()
            asked += 1
        except Unsatisfiable:
            # It takes nothing that could be wrong.
            continue
        except FailureGroup as group:
            faults[operation.label] = "\n".join(str(fault)[:600] for fault in group.exceptions)

    assert not faults, "\n".join(f"{label}: {fault}" for label, fault in faults.items())
    assert asked > 80
