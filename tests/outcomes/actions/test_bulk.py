"""The command that loads a national release: its answer, its rehearsal, its refusals."""

import json
import subprocess
import sys
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone

from authorities.models import AuditEvent
from outcomes.models import (
    AuthorityIndicator,
    Indicator,
    Observation,
    RecomputeRequest,
    Release,
    ReleaseIndicator,
)
from tests.factories.outcomes import IndicatorFactory, file_of, file_row

HEADINGS = "indicator,indicator_name,area_code,period,sex,age,value,count,denominator,provisional"
COUNTS = ("added", "updated", "unchanged", "superseded", "ignored", "refused")
KNOWN = ("E06000001", "E06000002", "E92000001")


@pytest.fixture
def load(tmp_path, capsys):
    """Run the command on a file, and return its last line of JSON."""

    def load(content, *, layout="fingertips", **options):
        file = tmp_path / "values.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        try:
            call_command("import_observations", str(file), layout=layout, json=True, **options)
        finally:
            load.out = capsys.readouterr().out
        return json.loads(load.out.splitlines()[-1])

    return load


def refused(load, content, **options):
    """Load a file that is refused, and return the answer."""
    with pytest.raises(CommandError):
        load(content, **options)
    return json.loads(load.out.splitlines()[-1])


def counted(answer):
    return {name: answer[name] for name in COUNTS}


def tables():
    """Return every row of every table of outcomes and the audit, by table."""
    models = [*apps.get_app_config("outcomes").get_models(), AuditEvent]
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in models}


def own(*rows, headings=HEADINGS):
    return "\n".join([headings, *rows, ""])


def test_the_counts_say_what_became_of_each_row(authority, load):
    load(file_of(*(file_row(area_code=code) for code in KNOWN)), published_on="2026-05-28")

    answer = load(
        file_of(
            file_row(area_code=KNOWN[0]),
            file_row(area_code=KNOWN[1], value="61.5"),
            "",
            file_row(area_code=KNOWN[0], sex="Female"),
        ),
        published_on="2026-06-28",
    )

    assert counted(answer) == {
        "added": 1,
        "updated": 1,
        "unchanged": 1,
        "superseded": 1,
        "ignored": 1,
        "refused": 0,
    }
    assert Observation.objects.filter(superseded_at__isnull=False).count() == 1


def test_the_same_file_again_changes_nothing(authority, load):
    content = file_of(*(file_row(area_code=code) for code in KNOWN))
    load(content)
    before = tables()

    answer = load(content)

    assert (answer["added"], answer["updated"], answer["unchanged"]) == (0, 0, 3)
    after = tables()
    before.pop("authorities.AuditEvent"), after.pop("authorities.AuditEvent")
    assert after == before


@pytest.mark.parametrize("layout", ["fingertips", "own"])
def test_a_rehearsal_says_the_same_and_stores_nothing(authority, load, layout):
    content = {
        "fingertips": file_of(file_row(area_code=KNOWN[0], indicator=77777, name="Shoe size")),
        "own": own("77777,Shoe size,E06000001,2024,Male,All ages,41,,,"),
    }[layout]
    before = tables()

    rehearsed = load(content, layout=layout, dry_run=True)
    unstored = tables()
    stored = load(content, layout=layout)

    assert unstored == before
    assert (rehearsed["dry_run"], stored["dry_run"]) == (True, False)
    assert counted(rehearsed) == counted(stored)
    assert rehearsed["drafts"] == stored["drafts"] == ["Shoe size (77777)"]
    assert Observation.objects.count() == 1


def test_errors_come_with_their_place_and_what_to_do(authority, load):
    answer = refused(
        load,
        file_of(
            file_row(area_code=KNOWN[0], value="60%", sex="M"), file_row(area_code="E99999999")
        ),
    )

    assert counted(answer) == dict.fromkeys(COUNTS, 0) | {"refused": 2}
    assert answer["total"] == 3
    assert answer["errors"][1] == {
        "row": 2,
        "column": "M",
        "heading": "Value",
        "code": "number-percent",
        "given": "60%",
        "message": "60% has a % sign.",
        "fix": "Enter 60 without the % sign.",
    }


def test_a_file_that_is_no_csv_is_refused_in_json_too(authority, load):
    answer = refused(load, b"\x89PNG\r\n\x1a\n")

    assert answer["message"].startswith("This is not a CSV file. It is a picture.")
    assert counted(answer) == dict.fromkeys(COUNTS, 0)
    assert answer["total"] == 1


def test_a_file_that_is_not_there_is_refused_in_json_too(db, tmp_path, capsys):
    with pytest.raises(CommandError):
        call_command("import_observations", str(tmp_path / "none.csv"), layout="own", json=True)

    answer = json.loads(capsys.readouterr().out)
    assert answer["message"].endswith("none.csv cannot be read.")


def test_a_publication_of_a_later_day_is_refused(authority, load):
    tomorrow = timezone.localdate() + timedelta(days=1)
    before = tables()

    answer = refused(load, file_of(file_row(area_code=KNOWN[0])), published_on=tomorrow)

    assert "has not come yet" in answer["message"]
    assert tables() == before


def test_the_day_of_publication_is_today_unless_it_is_said(authority, load):
    load(file_of(file_row(area_code=KNOWN[0])))

    assert Release.objects.get().published_on == timezone.localdate()


def test_an_earlier_publication_does_not_replace_a_later_one(authority, load):
    load(file_of(file_row(area_code=KNOWN[0])), published_on="2026-05-28")
    before = tables()

    answer = refused(
        load, file_of(file_row(area_code=KNOWN[0], value="50")), published_on="2025-05-28"
    )

    assert answer["message"] == (
        "Values that were published on 28 May 2026 differ from those of this file, which is said "
        "to be of 28 May 2025. An earlier publication cannot replace a later one."
    )
    assert tables() == before


def test_each_indicator_of_a_release_keeps_its_version_and_rows(authority, load):
    known = IndicatorFactory(fingertips_id=90362, version=3)
    load(
        file_of(
            file_row(area_code=KNOWN[0]),
            file_row(area_code=KNOWN[1]),
            file_row(area_code=KNOWN[0], indicator=77777, name="Shoe size"),
        )
    )

    contents = ReleaseIndicator.objects.order_by("rows").values_list(
        "indicator__fingertips_id", "indicator_version", "rows"
    )
    assert list(contents) == [(77777, 0, 1), (known.fingertips_id, 3, 2)]


def test_the_own_layout_stores_a_known_code_a_new_one_and_what_is_provisional(authority, load):
    described = IndicatorFactory(code="poverty", fingertips_id=None)
    answer = load(
        own(
            "poverty,,E06000001,2024,Persons,All ages,21.5,215,1000,yes",
            "hat-size,Hat size,E06000001,2024,Persons,All ages,58,,,",
        ),
        layout="own",
    )

    assert answer["drafts"] == ["Hat size (hat-size)"]
    assert Indicator.objects.get(code="hat-size").draft
    value = Observation.objects.get(indicator=described)
    assert (value.value, value.count, value.denominator, value.provisional) == (
        21.5,
        215,
        1000,
        True,
    )


def test_a_value_that_is_provisional_no_longer_is_a_revision(authority, load):
    load(own("9,Shoe size,E06000001,2024,Persons,All ages,41,,,yes"), layout="own")

    answer = load(own("9,Shoe size,E06000001,2024,Persons,All ages,41,,,no"), layout="own")

    assert answer["superseded"] == 1
    assert not Observation.objects.current().get().provisional


def test_a_long_text_with_every_kind_of_letter_is_stored_as_it_stands(authority, load):
    text = 'Tab\tand back\\slash, "quoted"\nnext line \\N \\.'
    quoted = text.replace('"', '""')
    load(
        own(
            f'9,Shoe size,E06000001,2024,Persons,All ages,41,"{quoted}"',
            headings="indicator,indicator_name,area_code,period,sex,age,value,note",
        ),
        layout="own",
    )

    assert Observation.objects.get().note_text == text


def test_words_and_not_json_are_the_answer_unless_asked_for(authority, tmp_path, capsys):
    file = tmp_path / "values.csv"
    file.write_bytes(file_of(file_row(area_code=KNOWN[0], indicator=77777, name="Shoe size")))

    call_command("import_observations", str(file), layout="fingertips", dry_run=True)

    assert capsys.readouterr().out.splitlines() == [
        "1 rows read, 0 without a value. 1 added, 0 revised, 0 unchanged.",
        "Not in the catalogue, stored as a draft: Shoe size (77777)",
        "This was a rehearsal: nothing was stored.",
    ]


SOUND = file_row(area_code=KNOWN[0])
DESCRIBED = {"fingertips_id": 90362, "scale": "proportion", "year_type": "calendar"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (file_of(SOUND, "90362,Healthy,E06000001"), "ragged"),
        (file_of(SOUND + ",1"), "ragged"),
        (file_of(SOUND).replace(b",", b";"), "separator"),
        (file_of(SOUND).replace(b",", b"\t"), "separator"),
        (file_of(SOUND) + b'"', "quote-open"),
        (file_of(file_row(area_code=KNOWN[0], value="NaN")), "number-not"),
        (file_of(file_row(area_code=KNOWN[0], value="Infinity")), "number-not"),
        (file_of(file_row(area_code=KNOWN[0], value='"1,200"')), "number-thousands"),
        (file_of(file_row(area_code=KNOWN[0], value='"60,5"')), "number-decimal-comma"),
        (file_of(file_row(area_code=KNOWN[0], value="60%")), "number-percent"),
        (file_of(file_row(area_code=KNOWN[0], count="-1")), "count-negative"),
        (file_of(file_row(area_code=KNOWN[0], lower="62", upper="61")), "limits-reversed"),
        (file_of(file_row(area_code=KNOWN[0], lower="61")), "value-outside-limits"),
        (
            file_of(file_row(area_code=KNOWN[0], count="30", denominator="20")),
            "count-above-denominator",
        ),
        (file_of(file_row(area_code="E99999999")), "area-unknown"),
        (file_of(file_row(area_code="E0600OO01")), "area-unknown"),
        (file_of(file_row(area_code=KNOWN[0], period="2025/27")), "period"),
        (file_of(file_row(area_code=KNOWN[0], period="2024 Q5")), "period"),
        (file_of(file_row(area_code=KNOWN[0], period="2024/25")), "period-start"),
        (file_of(SOUND, SOUND), "repeat"),
        (file_of(SOUND, file_row(area_code=KNOWN[0], value="1")), "repeat-differs"),
        (file_of(file_row(area_code=KNOWN[0], value="6\x000")), "hidden"),
        (file_of(file_row(area_code=KNOWN[0], value="6\u200b0")), "hidden"),
        (file_of(file_row(area_code="Total")), "area-total"),
        (b"PK\x03\x04" + b"abc" * 50, "archive"),
        ("\ufeff".encode() + b"\xff", "unreadable"),
        (file_of(SOUND).decode().encode("utf-16"), "utf-16"),
        (b"", "empty"),
        (file_of(), "headings-only"),
        (b"x" * 70_000, "line-too-long"),
        (b"Sex," * 200_000, "too-many-columns"),
    ],
)
def test_bad_input_is_refused_with_nothing_stored(authority, load, content, code):
    IndicatorFactory(**DESCRIBED)
    before = tables()

    answer = refused(load, content)

    assert code in [error["code"] for error in answer["errors"]]
    assert tables() == before


def test_nothing_of_a_good_row_stays_beside_a_wrong_one(authority, load):
    answer = refused(load, file_of(SOUND, file_row(area_code=KNOWN[1], value="x1")))

    assert answer["refused"] == 1
    for model in (Observation, Release, ReleaseIndicator, RecomputeRequest, AuthorityIndicator):
        assert not model.objects.exists()


def test_a_day_that_is_none_is_refused_in_words(db, tmp_path):
    with pytest.raises(CommandError, match="is not a date like 2026-05-28"):
        call_command(
            "import_observations",
            str(tmp_path / "x.csv"),
            "--layout=own",
            "--published-on=31-05-2026",
        )


def test_a_day_may_be_given_as_a_day(authority, load):
    load(file_of(SOUND), published_on=date(2026, 5, 28))

    assert Release.objects.get().published_on == date(2026, 5, 28)


_WHAT_IT_LOADS = """
import sys, django
django.setup()
import outcomes.management.commands.import_observations
print(sorted({"scipy", "pandas", "plotly"} & set(sys.modules)))
"""


@pytest.mark.slow
def test_it_does_not_load_what_draws_and_computes():
    # Libraries would take much of the memory in which a million values are stored.
    said = subprocess.run(
        [sys.executable, "-c", _WHAT_IT_LOADS], capture_output=True, text=True, check=True
    )

    assert said.stdout.strip() == "[]"
