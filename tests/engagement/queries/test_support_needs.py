"""Who asked for help in the returns of the demonstration."""

import pytest

from engagement.queries.support_suggestions import needs

pytestmark = pytest.mark.slow


def test_needs_are_read_from_the_newest_returns(world) -> None:
    found = needs()

    assert found is not None
    assert 0 < len(found.rows) <= found.submitted
    asked = {code for row in found.rows for code in row.needs}
    assert asked <= {"peer_learning", "in_depth_support", "core_learning", "none"} - {"none"}
    assert [row.authority.name for row in found.rows] == sorted(
        row.authority.name for row in found.rows
    )
