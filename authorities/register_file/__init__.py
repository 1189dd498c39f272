"""The register's folder: files in; a checked, frozen register, or the row that is wrong, out."""

from authorities.register_file.reading import read_register
from authorities.register_file.rows import (
    AgreementRow,
    AuthorityRow,
    BoardCodeRow,
    BoardRow,
    ClusterRow,
    CouncilCodeRow,
    CouncilRow,
    HeldFunctionRow,
    MemberRow,
    OtherBodyRow,
    OverlapRow,
    PartBoardRow,
    PartRow,
    PlacedOperation,
    Register,
    ReorganisationRow,
    SeatRow,
    SuccessionRow,
)
from authorities.register_file.tables import RegisterError

__all__ = [
    "AgreementRow",
    "AuthorityRow",
    "BoardCodeRow",
    "BoardRow",
    "ClusterRow",
    "CouncilCodeRow",
    "CouncilRow",
    "HeldFunctionRow",
    "MemberRow",
    "OtherBodyRow",
    "OverlapRow",
    "PartBoardRow",
    "PartRow",
    "PlacedOperation",
    "Register",
    "RegisterError",
    "ReorganisationRow",
    "SeatRow",
    "SuccessionRow",
    "read_register",
]
