"""Refuses passwords made of words that anybody would try first on this site."""

import re

from django.core.exceptions import ValidationError

from authorities.models import Membership, User

# Longer words stand before those that they contain.
WORDS = (
    *("inequalities", "inequality", "devolution", "authorities", "authority", "strategic"),
    *("integrated", "department", "government", "ministry", "combined", "tracker", "england"),
    *("password", "welcome", "mayoral", "letmein", "health", "mayor", "mhclg", "board", "admin"),
    *("dhsc", "duty", "care", "nhs", "icb"),
)
# So much must be left of a password once such words are taken out of it.
_LEAST = 8


class OwnWordsValidator:
    """Wants more in a password than words of the service and of the person's own organisations."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Let a password through that holds no such word, or enough beside them.

        Raises:
            ValidationError: too little is left without them.
        """
        words = (*_bodies_of(user), *WORDS)
        left = re.sub("|".join(map(re.escape, words)), " ", password.lower())
        if left != password.lower() and len(re.sub(r"[\W_]|(19|20)\d\d", "", left)) < _LEAST:
            raise ValidationError(
                "This password is mostly words that others would try here. Choose words that "
                "nobody connects with your work.",
                code="password_of_own_words",
            )

    def get_help_text(self) -> str:
        """Return what a page says before."""
        return "Choose words that nobody connects with your work."


def _bodies_of(user: User | None) -> list[str]:
    """Return the words in the names of the person's organisations, the longest first."""
    if user is None or user.pk is None:
        return []
    slugs = Membership.objects.filter(user=user).values_list("body__slug", flat=True)
    words = {word for slug in slugs if slug for word in slug.split("-")}
    return sorted((word for word in words if len(word) > 3), key=len, reverse=True)
