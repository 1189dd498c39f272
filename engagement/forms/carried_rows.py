"""The rows of a file as its preview carries them to the confirmation: signed, so that none changes.

So nothing of a file is kept that nobody has confirmed.
"""

from dataclasses import dataclass
from typing import Final

from django.core import signing

from authorities.models import Body, User
from engagement.commitment_file import CommitmentRow, as_plain, from_plain

_SALT: Final = "engagement.commitment_import"
# A day: what is promised, and with whom, may be otherwise later.
_CARRIED_FOR: Final = 24 * 60 * 60


@dataclass(frozen=True)
class CarriedRows:
    """What a preview carries of a file. `personal`: row and column of texts to be asked about."""

    checksum: str
    rows: tuple[CommitmentRow, ...]
    personal: tuple[tuple[int, str], ...]


def signed_rows(*, carried: CarriedRows, body: Body, by: User) -> str:
    """Return the rows as one text, for this body and person alone."""
    return signing.dumps(
        {
            "body": str(body.pk),
            "by": str(by.pk),
            "checksum": carried.checksum,
            "rows": [as_plain(row=row) for row in carried.rows],
            "personal": carried.personal,
        },
        salt=_SALT,
        compress=True,
    )


def carried_by(*, signed: str, body: Body, by: User) -> CarriedRows | None:
    """Return the rows of such a text; None where it is too old, changed, or for somebody else."""
    try:
        said = signing.loads(signed, salt=_SALT, max_age=_CARRIED_FOR)
    except signing.BadSignature:
        return None
    if (said["body"], said["by"]) != (str(body.pk), str(by.pk)):
        return None
    return CarriedRows(
        checksum=said["checksum"],
        rows=tuple(from_plain(said=row) for row in said["rows"]),
        personal=tuple((row, name) for row, name in said["personal"]),
    )
