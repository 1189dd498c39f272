"""What an officer types: one answer to each question, by the names of the controls."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from playwright.sync_api import Page


@dataclass(frozen=True)
class Typed:
    """What is chosen first and typed then, as a person does it."""

    chosen: tuple[tuple[str, str], ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    evidence: bool = False


def _date(name: str, day: str, month: str, year: str) -> dict[str, str]:
    return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}


ANSWERS: dict[str, Typed] = {
    # Per pair.
    "CO3": Typed(
        chosen=(("option", "signed"),),
        typed={
            **_date("answer_signed_on", "27", "3", "2026"),
            "answer_agreement_link": "https://example.org/agreement",
        },
        evidence=True,
    ),
    # Several choices, one of them with a text.
    "CO4": Typed(
        chosen=(("options", "housing"), ("options", "other")), typed={"answer_other_area": "Food"}
    ),
    "CO5": Typed(typed={"answer_text": "The strategy director sits on the skills committee."}),
    # A table.
    "CO6": Typed(
        typed={
            "rows-0-post": "Head of health",
            "rows-0-employers": "Both",
            "rows-0-fte": "0.5",
            "rows-0-filled": "yes",
            "rows-1-post": "Analyst",
            "rows-1-employers": "The ICB",
            "rows-1-fte": "1",
            "rows-1-filled": "no",
        }
    ),
    # Money and years.
    "CO7": Typed(
        typed={
            "rows-0-initiative": "Warm homes",
            "rows-0-partner": "South Yorkshire ICB",
            "rows-0-amount": "£1,250,000",
            "rows-0-source": "Core budget",
            "rows-0-year": "2026/27",
        },
        evidence=True,
    ),
    "CO8": Typed(typed={"answer_text": "Public health rests with the four councils."}),
    # One choice, with text, dates and a link behind it.
    "ST1": Typed(
        chosen=(("option", "adopted"),),
        typed={
            "answer_title": "Fairer years",
            **_date("answer_adopted_on", "1", "2", "2026"),
            "answer_strategy_link": "https://example.org/strategy",
            **_date("answer_review_on", "1", "2", "2028"),
        },
        evidence=True,
    ),
    "ST2": Typed(typed={"answer_text": "Healthy years lost in the former coalfield."}),
    "ST3": Typed(typed={"answer_text": "Sites were chosen where fewest people are in good work."}),
    "ST4": Typed(typed={"answer_text": "Both name work and health as a shared aim."}),
    # Two whole numbers.
    "ST5": Typed(typed={"answer_decisions": "24", "answer_assessed": "15"}, evidence=True),
    "ST6": Typed(chosen=(("options", "housing"), ("options", "transport"))),
    "ST7": Typed(typed=_date("answer_date", "30", "6", "2027")),
    "ST8": Typed(typed={"answer_link": "https://example.org/progress"}, evidence=True),
    "HT3": Typed(typed={"answer_number": "2.5"}),
    "OF4": Typed(typed={"answer_text": "Both use the same measures."}),
    "OF5": Typed(typed={"answer_text": "By acting where years are fewest."}),
    "OF7": Typed(
        typed={
            **_date("answer_date", "5", "5", "2026"),
            "answer_conclusion": "The measures are right; two need better figures.",
        }
    ),
}
_EVIDENCE = {
    "evidence_link": "https://example.org/evidence",
    "evidence_title": "Minutes of the joint board",
    "evidence_pages": "4, 9",
}


def fill(page: Page, *, code: str) -> None:
    """Type the answer to the question that the page shows; what is filled already stays."""
    answer = ANSWERS.get(code)
    if answer is None:
        return
    for name, value in answer.chosen:
        page.locator(f'input[name="{name}"][value="{value}"]').check()
    for name, text in {**answer.typed, **(_EVIDENCE if answer.evidence else {})}.items():
        control = page.locator(f'[name="{name}"]')
        if control.evaluate("control => control.tagName") == "SELECT":
            control.select_option(text)
        else:
            control.fill(text)
