"""Asks for the picture of the mission to be drawn anew.

Apart from the drawing, so that who stores values does not load what draws: the memory in which a
million values are stored is measured, and libraries would take much of it.
"""

from datetime import datetime

from outcomes import recompute
from outcomes.models import MISSION_ID, MissionDefinition, Subject


def request(*, reason: str, at: datetime) -> bool:
    """Ask for the picture to be drawn anew, where a definition is in use; return whether it is."""
    if not MissionDefinition.objects.in_use().exists():
        return False
    recompute.request(subject=Subject.MISSION, subject_id=MISSION_ID, reason=reason, at=at)
    return True
