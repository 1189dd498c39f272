"""The reference that a submitted return is known by."""

import re

MOST_CHARACTERS = 24


def reference_prefix(*, round_slug: str, authority_slug: str) -> str:
    """Return the part of a reference that says which round and which authority.

    Args:
        round_slug: such as autumn-2026.
        authority_slug: such as south-yorkshire.

    Returns:
        HDT-2026A-SYO: the year with the season's letter, then three letters of the authority.
        Two authorities may share it, so the number that follows counts within it.

    Source: the project's own rule.
    """
    year = re.search(r"\d{4}", round_slug)
    words = [word for word in re.split(r"[^a-z]+", round_slug.lower()) if word]
    season = f"{year[0] if year else ''}{words[0][0] if words else ''}"
    names = [word for word in re.split(r"[^a-z]+", authority_slug.lower()) if word] or [""]
    letters = names[0][:1] + names[1][:2] if len(names) > 1 else names[0][:3]
    return f"HDT-{season or 'R'}-{letters:0<3}".upper()


def reference(*, prefix: str, number: int) -> str:
    """Return a reference such as HDT-2026A-SYO-0001.

    Args:
        prefix: from `reference_prefix`.
        number: 1 for the first with this prefix.

    Returns:
        At most 24 characters, readable over a telephone.

    Raises:
        ValueError: the number is below 1.

    Source: the project's own rule.
    """
    if number < 1:
        raise ValueError("References are counted from 1.")
    return f"{prefix}-{number:04d}"
