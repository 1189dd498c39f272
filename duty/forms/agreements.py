"""Forms by which a party signs a partnership agreement, or declines it."""

from duty.controls.fields import WordLimitedTextField
from outcomes.framework_forms.steps import DeclineForm, SignForm

__all__ = ["AgreementDeclineForm", "SignForm"]


class AgreementDeclineForm(DeclineForm):
    """Why an ICB does not sign."""

    reason = WordLimitedTextField(
        label="Why does your side not sign it?",
        help_text="All parties can read this",
        max_words=200,
        rows=5,
        error_messages={"required": "Say why your side does not sign it"},
    )
