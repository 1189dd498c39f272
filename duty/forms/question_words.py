"""What a question's form says of its options and its problems."""

from duty.questions import FieldType, Option, Problem


def hint_of(*, option: Option) -> str:
    """Say what choosing an option asks for."""
    if option.reason_required:
        return "Say why"
    kinds = [field.type for field in option.follow_ups]
    asked = []
    if FieldType.TEXT in kinds:
        asked.append("title")
    if FieldType.DATE in kinds:
        asked.append("dates" if kinds.count(FieldType.DATE) > 1 else "date")
    if FieldType.LINK in kinds:
        asked.append("a link")
    if not asked:
        return ""
    listed = asked[0] if len(asked) == 1 else f"{', '.join(asked[:-1])} and {asked[-1]}"
    return f"You will need its {listed}"


def error_of(*, problem: Problem) -> str:
    """Return what to say beside a control: what to do alone, where nothing was entered."""
    if problem.message.endswith(("is missing.", "needs a reason.")):
        return problem.fix.removesuffix(".")
    return f"{problem.message} {problem.fix}".removesuffix(".")
