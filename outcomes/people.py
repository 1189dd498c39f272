"""Whom values are of, in words (pure)."""

SEX_WORDS = {"Male": "men", "Female": "women", "Persons": "people"}
ALL_AGES = "All ages"


def sex_words(*, sex: str) -> str:
    """Return who is meant: men, women or people."""
    return SEX_WORDS.get(sex, sex.lower())


def people_words(*, sex: str, age: str, category: str) -> str:
    """Return whom values are of: 'men', 'people, 16+ yrs'; all ages go without saying."""
    parts = (sex_words(sex=sex), "" if age == ALL_AGES else age, category)
    return ", ".join(part for part in parts if part)
