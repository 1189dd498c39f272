"""A submitted return as a document: tagged, whole, and nothing that people wrote is run."""

import hashlib
import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from pypdf import PdfReader

from duty.documents.letters import LONGEST_RUN, readable
from duty.documents.return_pdf import SubmittedReturn, return_pdf

_HOSTILE = (
    '#read("/etc/hostname") *bold* _it_ $x^2$ ] [ ) \\ <label> @ref `raw` // no /* no */ = Head\n'
    "- item \x00\x07 \u202e עברית عربي 😀👩‍👩‍👧 中文 " + "w" * 400
)


def answer(*lines: tuple[str, str], board: str = "", state: str = "value", **more: Any) -> Any:
    return {
        "board": board or None,
        "board_name": board,
        "state": state,
        "lines": [list(line) for line in lines],
        "public_note": "",
        "evidence": [],
        **more,
    }


def question(code: str, text: str, *answers: Any, floor: bool = False) -> Any:
    return {"code": code, "text": text, "floor": floor, "answers": list(answers)}


def submitted(*questions: Any, **changes: Any) -> SubmittedReturn:
    made = SubmittedReturn(
        content={
            "round": {
                "name": "Autumn 2026",
                "covers_from": "2026-04-01",
                "covers_to": "2026-09-30",
                "geography_date": "2026-10-01",
                "due_on": "2026-11-20",
            },
            "authority": {"name": "South Testshire", "ons_code": "E47000099"},
            "boards": [{"name": "NHS Testshire ICB"}],
            "specification": {"version": 1},
            "declaration": {"version": 3, "text": "I may sign.\nIt is so."},
            "signed": {"by": "Sam Signer", "as": "signatory"},
            "sections": [
                {
                    "title": "Co-operation",
                    "floor": "not answered",
                    "gaps_reason": "We wait.",
                    "questions": list(questions),
                }
            ],
        },
        reference="HDR-2026A-TES-0001",
        number=2,
        submitted_at=datetime(2026, 11, 23, 17, 2, 3, 456, tzinfo=UTC),
        late=True,
        sha256="ab" * 32,
        is_test=False,
        demonstration=True,
    )
    return replace(made, **changes)


def words_of(made: SubmittedReturn) -> list[str]:
    pages = PdfReader(io.BytesIO(return_pdf(submitted=made))).pages
    return [" ".join(page.extract_text().replace("\u200b", "").split()) for page in pages]


def test_a_document_is_tagged_and_says_its_language_and_title():
    document = PdfReader(io.BytesIO(return_pdf(submitted=submitted())))

    root: Any = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert document.metadata is not None
    assert document.metadata.title == "South Testshire: Autumn 2026 return"
    assert document.xmp_metadata is not None
    assert "pdfuaid:part" in document.xmp_metadata.rdf_root.toxml()


def test_a_document_says_who_submitted_what_and_when():
    made = submitted(
        question(
            "CO1",
            "Which forums?",
            answer(("Answer", "The health board"), board="NHS Testshire ICB"),
            floor=True,
        ),
        question("CO2", "Since when?", answer(("Answer", "Not answered"), state="")),
        question(
            "CO3",
            "How many?",
            answer(
                ("Answer", "Not yet known"),
                ("Date by which it will be known", "1 March 2027"),
                state="not_yet_known",
                public_note="Counted each year.",
                evidence=[
                    {
                        "kind": "link",
                        "title": "Terms",
                        "url": "https://example.org/terms",
                        "pages": "3, 4",
                    }
                ],
            ),
        ),
    )

    text = " ".join(words_of(made))

    for part in (
        "South Testshire (E47000099)",
        "1 April 2026 to 30 September 2026",
        "HDR-2026A-TES-0001, submission 2",
        "23 November 2026 at 5:02pm, London time. Late: it was due on 20 November 2026",
        "Signed by Sam Signer, signatory",
        "Declaration (version 3) I may sign. It is so.",
        "Co-operation Not answered yet",
        "Why questions were left unanswered: “We wait.”",
        "CO1 Which forums? Part of the minimum floor NHS Testshire ICB The health board",
        "CO2 Since when? Not answered",
        "Date by which it will be known 1 March 2027",
        "Note. Counted each year.",
        "Terms, pages 3, 4 https://example.org/terms",
        "ab" * 32,
    ):
        assert part in text


def test_a_document_says_what_rests_with_others_and_what_was_confirmed():
    asked = question(
        "CO4",
        "How many houses?",
        answer(
            ("Answer", "4,000"),
            confirmed=[
                {"rule": "far", "message": "It was 4 last round.", "reason": "We grew. #raw"}
            ],
        ),
    )

    text = " ".join(words_of(submitted({**asked, "concurrent": True})))
    first_shape = " ".join(
        words_of(submitted(question("Q1", "What?", answer(("Answer", "This.")))))
    )

    assert "CO4 How many houses? This is about what rests with councils" in text
    assert "Unusual, and confirmed by the authority. It was 4 last round. “We grew. #raw”" in text
    assert "rests with councils" not in first_shape


def test_every_page_says_what_a_reader_must_not_mistake():
    asked = question("Q1", "What?", answer(("Answer", "This.")))

    invented = words_of(submitted(asked))
    plain = words_of(submitted(asked, demonstration=False))
    tried = words_of(submitted(asked, demonstration=False, is_test=True))

    assert len(invented) == 3
    assert all("the answers in this document are invented" in page for page in invented)
    assert not any("invented" in page for page in plain)
    assert all("Test round: this return counts nowhere." in page for page in tried)
    assert all(
        f"Page {number} of {len(invented)}" in page for number, page in enumerate(invented, start=1)
    )


def test_headings_are_an_outline():
    made = submitted(question("CO1", "Which forums?", answer(("Answer", "This."))))

    outline: Any = PdfReader(io.BytesIO(return_pdf(submitted=made))).outline

    assert [outline[0].title, outline[1][0].title] == ["Co-operation", "CO1 Which forums?"]


def test_what_people_wrote_is_text_wherever_it_stands():
    evidence = [{"kind": "link", "title": _HOSTILE, "url": "javascript:alert(1)", "pages": "1]"}]
    made = submitted(
        question(
            _HOSTILE[:40],
            _HOSTILE,
            answer(("Answer", _HOSTILE), board=_HOSTILE, public_note=_HOSTILE, evidence=evidence),
            answer((_HOSTILE, _HOSTILE), ("#", "]")),
        )
    )

    content = return_pdf(submitted=made)
    text = " ".join(words_of(made))

    assert text.count('#read("/etc/hostname") *bold* _it_ $x^2$ ]') >= 5
    assert "[grinning face]" in text
    assert "[U+0007]" in text
    assert "[right-to-left override]" in text
    assert b"javascript:" not in content


def test_the_same_snapshot_gives_the_same_bytes():
    made = submitted(question("CO1", "Which forums?", answer(("Answer", "This."))))

    digests = {hashlib.sha256(return_pdf(submitted=made)).hexdigest() for _ in range(2)}

    assert len(digests) == 1


def test_a_return_without_a_signature_names_who_submitted_it():
    made = submitted()
    unsigned = replace(made, content={**made.content, "declaration": None})

    text = " ".join(words_of(unsigned))

    assert "Submitted by Sam Signer, signatory" in text
    assert "Declaration" not in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Dŵr, Łódź, £5 → ½", "Dŵr, Łódź, £5 → ½"),
        ("a\r\nb\rc\td", "a\nb\nc    d"),
        ("e\u0301", "é"),
        ("\x00", "[U+0000]"),
        ("中", "[U+4E2D]"),
        ("❤️", "[heavy black heart]"),
        ("👍🏽", "[thumbs up sign][emoji modifier fitzpatrick type-4]"),
    ],
)
def test_signs_without_a_letter_are_named(text: str, shown: str) -> None:
    assert readable(text=text) == shown


def test_long_words_have_places_to_break():
    word = "w" * (LONGEST_RUN * 2 + 1)

    pieces = readable(text=f"a {word} b").split("\u200b")

    assert "".join(pieces) == f"a {word} b"
    assert len(pieces) == 3
