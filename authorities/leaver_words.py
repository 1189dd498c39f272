"""The words that stand in for the name and address of a person who left, made of their key alone.

The database knows them too: `SQL_NAME` and `SQL_ADDRESS` say the same of a column that holds a key.
"""

from uuid import UUID

# A domain that nobody will ever have. Source: RFC 2606, section 2.
DOMAIN = "left.invalid"
AT_DOMAIN = f"@{DOMAIN}"
SQL_NAME = "('Person ' || left({key}::text, 8) || ' (left)')"
SQL_ADDRESS = f"('person-' || {{key}}::text || '{AT_DOMAIN}')"


def name_of(*, key: UUID) -> str:
    """Return what a person who left is called: eight characters tell them apart on a page."""
    return f"Person {str(key)[:8]} (left)"


def address_of(*, key: UUID) -> str:
    """Return the address of a person who left; nothing is ever sent there."""
    return f"person-{key}{AT_DOMAIN}"


def is_of_leaver(*, address: str) -> bool:
    """Say whether an address stands for a person who left."""
    return address.strip().lower().endswith(AT_DOMAIN)
