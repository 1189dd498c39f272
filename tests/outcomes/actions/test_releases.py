"""National releases: the same checks as an upload, loaded by a command."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from outcomes.actions import releases
from outcomes.models import Indicator, Observation, Release
from tests.factories.outcomes import NOW, file_of, file_row

FACTS = releases.ReleaseFacts(title="Test release")


def test_a_wrong_row_stores_nothing(authority):
    content = file_of(file_row(area_code="E06000001"), file_row(area_code="E99999999"))

    with pytest.raises(releases.ReleaseHasErrorsError) as caught:
        releases.import_national(content=io.BytesIO(content), name="wrong.csv", facts=FACTS, at=NOW)

    assert [error.code for error in caught.value.errors] == ["area-unknown"]
    assert not Observation.objects.exists()
    assert not Release.objects.exists()
    assert not Indicator.objects.exists()


def test_the_command_answers_in_json(authority, tmp_path, capsys):
    file = tmp_path / "values.csv"
    file.write_bytes(file_of(file_row(area_code="E06000001"), file_row(area_code="E92000001")))

    call_command(
        "import_observations",
        str(file),
        layout="fingertips",
        published_on="2026-05-28",
        title="May 2026",
        json=True,
    )

    answer = json.loads(capsys.readouterr().out)
    assert answer["rows"] == 2
    assert answer["counts"]["added"] == 2
    assert Release.objects.get().title == "May 2026"


def test_the_command_says_where_a_file_is_wrong(authority, tmp_path, capsys):
    file = tmp_path / "values.csv"
    file.write_bytes(file_of(file_row(area_code="E06000001", value="sixty")))

    with pytest.raises(CommandError, match="Nothing was stored"):
        call_command("import_observations", str(file), layout="fingertips")

    assert "Row 2, column M (Value)" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", None])
def test_the_command_refuses_what_is_no_file_of_ours(authority, tmp_path, content):
    file = tmp_path / "values.csv"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(CommandError):
        call_command("import_observations", str(file), layout="fingertips")
