"""What pages call the parts of a specification."""

from duty.questions import (
    AnswerType,
    EvidenceNeed,
    FieldType,
    FirstYear,
    RecordSource,
    TheoryOfChange,
)

# What is said of a question about a concurrent function, wherever it is shown.
CONCURRENT = (
    "This is about what rests with councils or is held concurrently. It is never part of the "
    "minimum floor, and the authority is not measured by it."
)

ANSWER_TYPE_WORDS = {
    AnswerType.TEXT: "Text",
    AnswerType.CHOICE: "One of several options",
    AnswerType.MULTI_CHOICE: "Any of several options",
    AnswerType.DECIMAL: "A number",
    AnswerType.TWO_INTEGERS: "Two whole numbers",
    AnswerType.DATE: "A date",
    AnswerType.LINK: "A link",
    AnswerType.PERSON: "A post, in several fields",
    AnswerType.TABLE: "A table of rows",
    AnswerType.REVIEW: "A review, in several fields",
    AnswerType.PER_PAIR_TEXT: "Text for each ICB",
    AnswerType.PER_PAIR_CHOICE: "One of several options, for each ICB",
    AnswerType.DERIVED: "Read from this site",
    AnswerType.DERIVED_PER_PAIR: "Read from this site, for each ICB",
}
FIELD_TYPE_WORDS = {
    FieldType.TEXT: "Short text",
    FieldType.LONG_TEXT: "Long text",
    FieldType.INTEGER: "Whole number",
    FieldType.DECIMAL: "Number",
    FieldType.MONEY: "Pounds",
    FieldType.DATE: "Date",
    FieldType.LINK: "Link",
    FieldType.YES_NO: "Yes or no",
    FieldType.YEAR: "Financial year",
}
EVIDENCE_WORDS = {
    EvidenceNeed.NONE: "None is asked for",
    EvidenceNeed.OPTIONAL: "Optional",
    EvidenceNeed.REQUIRED: "Always needed",
    EvidenceNeed.REQUIRED_IF: "Needed if one option is chosen",
    EvidenceNeed.REQUIRED_IF_ANY: "Needed if any row is entered",
    EvidenceNeed.REQUIRED_IF_OVER_ZERO: "Needed if a number is over 0",
    EvidenceNeed.REQUIRED_IF_ANSWERED: "Needed if the question is answered",
}
STAGE_WORDS = {
    TheoryOfChange.INPUT: "Input",
    TheoryOfChange.PROCESS: "Process",
    TheoryOfChange.OUTPUT: "Output",
    TheoryOfChange.OUTCOME: "Outcome",
}
FIRST_YEAR_WORDS = {
    FirstYear.ASKED: "Asked as of any other",
    FirstYear.NOT_REQUIRED: "Asked, but not required yet",
    FirstYear.NOT_ASKED: "Not asked yet",
}
RECORD_SOURCE_WORDS = {
    RecordSource.STRATEGY: "The strategy in force",
    RecordSource.STRATEGY_REVIEW: "When the strategy is next reviewed",
    RecordSource.STRATEGY_PROGRESS: "Where progress of the strategy is reported",
    RecordSource.IMPACT_ASSESSMENTS: "How many decisions had an impact assessment",
    RecordSource.POSTS: "The posts of the health team",
    RecordSource.JOINT_POSTS: "Joint posts",
    RecordSource.FUNDING: "The funding of the duty",
    RecordSource.JOINT_FUNDING: "Joint funding",
    RecordSource.AGREEMENT: "The partnership agreement with each ICB",
    RecordSource.AGREEMENT_THEMES: "The themes of partnership agreements",
    RecordSource.AGREEMENT_ROLES: "Roles that partnership agreements give on boards and committees",
}
