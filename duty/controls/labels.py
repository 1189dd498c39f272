"""What controls say of their labels."""


def lower_first(*, text: str) -> str:
    """Return a text that can follow other words; abbreviations such as 'NHS' stay as they are."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def required_message(*, label: str, choice: bool) -> str:
    """Return what to do about an empty answer, for a field whose form says nothing better.

    Args:
        label: the field's label, a question or a noun.
        choice: whether the answer is picked from a list.
    """
    if label.endswith("?"):
        return f"{'Select' if choice else 'Enter'} an answer to “{label}”"
    noun = lower_first(text=label.removesuffix(" (optional)"))
    return f"{'Select' if choice else 'Enter'} {noun}"
