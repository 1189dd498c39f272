"""Bodies share examples, the centre decides, and the file's own are left as people left them."""

import uuid
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from authorities.models import AuditEvent
from engagement.actions import practice, practice_file
from engagement.actions.practice import ExampleRefusedError, ExampleText
from engagement.models import PracticeExample, PracticeState, PracticeVersion
from engagement.practice_file import COLUMNS, PracticeFileError, read_examples
from engagement.practice_lifecycle import Actor, Event, PracticeRefusedError
from engagement.queries import practice as queries
from engagement.queries.practice import Asked
from outcomes.models import Domain
from tests.factories import practice as make
from tests.factories.authorities import StrategicAuthorityFactory, UserFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 4, 1, 10, 0, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _lists(configuration: None) -> None:
    for slug in (
        *("housing-transport-safety", "employment-earnings-prosperity", "public-services"),
        *("tobacco-alcohol-lifestyle", "other-determinants", "health-outcomes"),
    ):
        Domain.objects.get_or_create(slug=slug, defaults={"name": slug})


def text(**said: Any) -> ExampleText:
    words: dict[str, Any] = {
        "title": " Warm homes ",
        "summary": "Homes were made warm.",
        "what_was_done": "Walls were mended.",
        "what_came": "People stayed well.",
        "evidence": "",
        "place": "South Testshire",
        "period": "2025",
        "by_whom": "The authority",
        "source_title": "A report",
        "source_url": "https://www.example.org/report",
        "source_date": date(2025, 6, 1),
        "themes": ("S3", "S1", "S3"),
        "function": "housing",
        "determinants": ("housing-transport-safety",),
    }
    return ExampleText(**{**words, **said})


def draft(**said: Any) -> PracticeVersion:
    return practice.draft(
        body=StrategicAuthorityFactory(),
        text=text(**said),
        form_key=uuid.uuid4(),
        by=UserFactory(),
        at=NOW,
    )


def step(row: PracticeVersion, event: str, *, reason: str = "") -> PracticeVersion:
    row.refresh_from_db()
    return practice.take_step(
        example=row.example,
        event=Event(event),
        actor=Actor.BODY if event == "propose" else Actor.CENTRE,
        seen=row.version,
        reason=reason,
        by=UserFactory(),
        at=NOW,
    )


def test_a_draft_is_stored_once_and_public_to_nobody() -> None:
    said: dict[str, Any] = {"text": text(), "form_key": uuid.uuid4(), "by": UserFactory()}
    body = StrategicAuthorityFactory()

    one = practice.draft(body=body, at=NOW, **said)
    again = practice.draft(body=body, at=NOW, **said)

    assert one.pk == again.pk
    assert (one.title, one.themes) == ("Warm homes", ["S1", "S3"])
    assert not queries.published(asked=Asked()).exists()
    assert AuditEvent.objects.filter(action="practice.drafted").count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"),
        ({"what_came": ""}, "what_came"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"source_url": "www.example.org"}, "source_url"),
        ({"function": "magic"}, "function"),
        ({"themes": ("X9",)}, "themes"),
        ({"determinants": ("luck",)}, "determinants"),
    ],
)
def test_what_is_incomplete_or_unknown_is_refused_at_its_field(
    wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(ExampleRefusedError) as refused:
        draft(**wrong)

    assert refused.value.field == field
    assert not PracticeExample.objects.exists()


def test_the_way_from_a_draft_over_a_return_to_the_public() -> None:
    row = draft()
    step(row, "propose")
    with pytest.raises(PracticeRefusedError, match="Say why"):
        step(row, "return")
    returned = step(row, "return", reason="Name the evaluation.")
    assert (returned.state, returned.reason) == ("returned", "Name the evaluation.")

    edited = practice.edit(
        example=row.example,
        text=text(evidence="An evaluation."),
        seen=returned.version,
        by=UserFactory(),
        at=NOW,
    )
    assert (edited.number, edited.state) == (1, "draft")
    step(edited, "propose")
    step(edited, "publish")

    assert [one.title for one in queries.published(asked=Asked())] == ["Warm homes"]


def test_what_is_published_stays_until_its_next_version_is_published() -> None:
    row = draft()
    step(row, "propose")
    first = step(row, "publish")
    second = practice.edit(
        example=row.example, text=text(title="Warmer"), seen=0, by=UserFactory(), at=NOW
    )
    assert (second.number, second.state) == (2, "draft")
    assert [one.title for one in queries.published(asked=Asked())] == ["Warm homes"]

    step(second, "propose")
    step(second, "publish")

    first.refresh_from_db()
    assert first.state == PracticeState.REPLACED
    assert [one.title for one in queries.published(asked=Asked())] == ["Warmer"]
    assert [one.number for one in queries.versions_of(example=row.example, on=TODAY)] == [2, 1]


def test_the_centre_withdraws_with_a_reason_though_a_next_version_is_open() -> None:
    public = make.published()
    make.VersionFactory(example=public.example, number=2)

    gone = step(public, "withdraw", reason="The source is gone.")

    assert (gone.number, gone.state) == (1, "withdrawn")
    assert not queries.published(asked=Asked()).exists()


def test_a_stale_form_changes_nothing() -> None:
    row = draft()

    with pytest.raises(PracticeRefusedError, match="Somebody else changed"):
        practice.edit(example=row.example, text=text(), seen=9, by=UserFactory(), at=NOW)
    with pytest.raises(PracticeRefusedError, match="Somebody else changed"):
        practice.take_step(
            example=row.example,
            event=Event.PROPOSE,
            actor=Actor.BODY,
            seen=9,
            by=UserFactory(),
            at=NOW,
        )


def test_the_projects_own_examples_are_loaded_once_and_left_as_people_left_them() -> None:
    new = practice_file.load(at=NOW)
    assert new == len(read_examples(content=practice_file.FILE.read_bytes())) >= 10
    one = PracticeVersion.objects.filter(example__key="gm-roots-to-dental").get()
    step(one, "withdraw", reason="Put right by a person.")

    assert practice_file.load(at=NOW) == 0
    one.refresh_from_db()
    assert one.state == PracticeState.WITHDRAWN
    # Each says where it comes from, and which themes and evidence it has.
    for row in PracticeVersion.objects.all():
        assert row.source_url.startswith("https://")
        assert row.themes
        assert row.evidence
        assert row.example.body_id is None


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda text: text.replace("key,", "id,", 1), "headings must be"),
        (lambda text: text.replace("a-key,", "A Key,"), "lower-case words"),
        (lambda text: text.replace(",2024-05-09,", ",9 May,"), "write the day as"),
        (lambda text: text.replace("Homes,", ",", 1), "fill in title"),
        (lambda text: text + text.splitlines()[1] + "\n", "lower-case words"),
        (lambda text: text.rstrip() + ",more\n", "too few or too many"),
    ],
)
def test_a_wrong_file_is_refused_with_its_row(change: Any, says: str, tmp_path: Path) -> None:
    cells = dict.fromkeys(COLUMNS, "Words") | {
        "key": "a-key",
        "title": "Homes",
        "source_url": "https://www.example.org/",
        "source_date": "2024-05-09",
        "themes": "S1",
        "function": "",
        "determinants": "",
    }
    good = f"{','.join(COLUMNS)}\n{','.join(cells.values())}\n"
    file = tmp_path / "examples.csv"
    file.write_text(change(good))

    with pytest.raises(PracticeFileError, match=says):
        practice_file.load(file=file, at=NOW)
    assert not PracticeExample.objects.exists()
    file.write_text(good)
    assert practice_file.load(file=file, at=NOW) == 1
