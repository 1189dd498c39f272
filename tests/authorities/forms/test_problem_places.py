"""Whatever a guard says of an operation is said at the question that it is about."""

from dataclasses import fields
from datetime import date

import pytest

from authorities.forms.reorganisations.areas import TransferAreasForm, TransferForm
from authorities.forms.reorganisations.headings import HeadingForm
from authorities.forms.reorganisations.mergers import MergeForm
from authorities.forms.reorganisations.operations import CloseForm, OpenForm
from authorities.forms.reorganisations.problems import TOP, ProblemForm
from authorities.forms.reorganisations.splits import SplitAreasForm, SplitForm
from authorities.forms.reorganisations.steps import CopyForm, StepForm
from authorities.reorganisation.facts import BodyKey
from authorities.reorganisation.guards import About, Field, Guard, Problem, problems
from authorities.reorganisation.operations import (
    AreaShare,
    Change,
    Close,
    Merge,
    Open,
    Operation,
    Recode,
    Split,
    SplitTarget,
    Transfer,
)
from tests.authorities.forms.operation_forms import forms_for
from tests.authorities.reorganisation.guard_cases import (
    CASES,
    MERGER,
    OPEN_BOARD,
    OUT_OF_ORDER,
    found,
)
from tests.authorities.reorganisation.small_england import (
    DAY,
    EAST,
    GAMMA,
    NEW_BOARD,
    SOUTH,
    START,
    TODAY,
    WEST,
    after,
    small_england,
)

# Asked for on another page of the same operation, or of no body of the kind.
AT_THE_TOP = {
    *((SplitForm, field) for field in (Field.AREAS, Field.SHARE)),
    *((TransferForm, field) for field in (Field.AREAS, Field.SHARE)),
    *((SplitAreasForm, field) for field in (Field.SOURCE, Field.TARGETS, Field.PRIMARY)),
    *((TransferAreasForm, field) for field in (Field.SOURCE, Field.TARGET)),
    # Only the page of an ICB asks for a region, so no page can send this one.
    (OpenForm, Field.GROUP),
}
# The fields that name bodies, so that the answer at the question has to be the body.
NAMES_BODIES = {
    Field.BODY,
    Field.SOURCE,
    Field.SOURCES,
    Field.TARGET,
    Field.TARGETS,
    Field.MEMBERS,
}
LATER = date(2027, 6, 1)

Found = tuple[tuple[Operation, ...], tuple[Problem, ...]]


def everything_found() -> list[Found]:
    """Every case of every guard, with what was found."""
    one_body = (Recode(EAST, "ods", "NEW"),)
    return [
        *((operations, found(*operations)) for _, operations, _ in CASES),
        *(
            ((earlier,), found(earlier, geography=after(later, on=LATER)))
            for later, earlier in OUT_OF_ORDER
        ),
        (one_body, found(*one_body, on=START)),
        (one_body, found(*one_body, on=date(2029, 1, 1))),
        ((Open(body=GAMMA),), found(Open(body=GAMMA), on=date(2026, 11, 1))),
        (MERGER, _busy(*MERGER)),
    ]


def _busy(*operations: Operation) -> tuple[Problem, ...]:
    return problems(
        change=Change(on=DAY, operations=operations),
        geography=small_england(),
        today=TODAY,
        busy={SOUTH: "Another change", NEW_BOARD: "Another change"},
    )


FOUND = everything_found()
OF_OPERATIONS = [
    pytest.param(operations, problem, id=f"{problem.guard}-{problem.about.field}-{number}")
    for number, (operations, problems_found) in enumerate(FOUND)
    for problem in problems_found
    if problem.operation is not None
]


def test_every_guard_is_among_the_cases() -> None:
    assert {problem.guard for _, all_found in FOUND for problem in all_found} == set(Guard)


@pytest.mark.parametrize(("operations", "problem"), OF_OPERATIONS)
def test_a_problem_of_an_operation_is_about_a_field_that_the_operation_has(
    operations: tuple[Operation, ...], problem: Problem
) -> None:
    assert problem.operation is not None
    operation = operations[problem.operation]

    names = {one.name for one in fields(operation)}
    if isinstance(operation, Split):
        names |= {one.name for one in fields(SplitTarget)}
    if isinstance(operation, Split | Transfer):
        names |= {one.name for one in fields(AreaShare)}

    assert problem.about.field.value in names


@pytest.mark.parametrize(("operations", "problem"), OF_OPERATIONS)
def test_a_problem_of_an_operation_is_said_at_its_question(
    operations: tuple[Operation, ...], problem: Problem
) -> None:
    assert problem.operation is not None
    forms = list(forms_for(operations[problem.operation], operations))

    places = [form.place_of(problem.about) for form in forms]
    for form in forms:
        form.is_valid()
        form.add_problems([problem])

    assert forms
    for form, place in zip(forms, places, strict=True):
        if place == TOP:
            assert (type(form), problem.about.field) in AT_THE_TOP
            assert problem.text in form.non_field_errors()
        else:
            assert place in form.fields
            assert problem.text in form.errors[place]
            assert_answers(form, place, problem.about)
    # What two pages ask for stands at a question of one of them.
    assert any(places) or problem.about.field is Field.GROUP


def assert_answers(form: ProblemForm, place: str, about: About) -> None:
    """The answer at the question is the one that the problem is about."""
    if about.body is not None and about.field in NAMES_BODIES:
        assert about.body.slug in form.typed(place)
    if about.area and isinstance(form, SplitAreasForm | TransferAreasForm):
        row = form.rows[int(place.split("_")[1])]
        assert row.area.key == about.area


@pytest.mark.parametrize("number", range(len(FOUND)))
def test_what_is_of_the_whole_change_is_about_no_field_of_one(number: int) -> None:
    _, all_found = FOUND[number]

    whole = {problem.about.field for problem in all_found if problem.operation is None}

    assert whole <= {Field.WHOLE, Field.DAY}


@pytest.mark.parametrize(
    ("form", "body", "place"),
    [
        (MergeForm, SOUTH, "sources"),
        (MergeForm, NEW_BOARD, "new_slug"),
        (MergeForm, WEST, TOP),
        (OpenForm, NEW_BOARD, "new_slug"),
    ],
)
def test_a_body_that_is_busy_is_named_at_its_question(
    form: type[ProblemForm], body: BodyKey, place: str
) -> None:
    [filled] = [one for one in forms_for(OPEN_BOARD, MERGER) if isinstance(one, form)]

    assert filled.place_of(About(Field.WHOLE, body=body)) == place


def test_a_body_that_ends_twice_is_named_where_it_ends() -> None:
    operations = (Merge((EAST,), WEST), Close(EAST))
    [problem] = [one for one in found(*operations) if one.guard is Guard.ENDS_TWICE]

    [merger] = forms_for(operations[0], operations)
    [close] = forms_for(operations[1], operations)

    assert merger.place_of(problem.about) == "sources"
    assert isinstance(close, CloseForm)
    assert close.place_of(problem.about) == "body"


def test_a_planned_body_is_named_where_it_is_chosen() -> None:
    [form] = forms_for(Open(body=GAMMA), (Open(body=GAMMA),))

    assert form.place_of(About(Field.BODY, body=GAMMA)) == "planned"
    assert form.place_of(About(Field.WHOLE, body=GAMMA)) == "planned"


def test_a_heading_says_everything_at_the_day_and_a_copy_only_what_is_of_the_day() -> None:
    of_day, of_body = About(Field.DAY), About(Field.WHOLE, body=EAST)

    assert [HeadingForm().place_of(about) for about in (of_day, of_body)] == ["effective_date"] * 2
    assert [CopyForm().place_of(about) for about in (of_day, of_body)] == ["effective_date", TOP]
    assert [StepForm().place_of(about) for about in (of_day, of_body)] == [TOP, TOP]
