"""A virus check of the site's own, where the setting names a command for it."""

import subprocess
import tempfile

from django.conf import settings

from duty.evidence_file import EvidenceFileError, Fault

_SECONDS = 60


def refuse_if_infected(*, content: bytes) -> None:
    """Let the command of the setting look at a file; without a command, nothing is asked.

    Raises:
        EvidenceFileError: it found something, or could not look: no answer is no all-clear.
    """
    command: list[str] = settings.EVIDENCE_SCAN_COMMAND
    if not command:
        return
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        try:
            # The command is the operator's own, and the file's name is ours.
            done = subprocess.run(
                [*command, file.name], capture_output=True, check=False, timeout=_SECONDS
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise _not_checked() from error
    # As clamscan and clamdscan say it: 0 is clean, 1 is infected, all else is a fault.
    if done.returncode == 1:
        raise EvidenceFileError(
            Fault.UNSAFE,
            "The file failed our virus check. It was not kept. Check your computer.",
        )
    if done.returncode:
        raise _not_checked()


def _not_checked() -> EvidenceFileError:
    return EvidenceFileError(
        Fault.UNSAFE, "Our virus check cannot run just now, so the file was not kept. Try later."
    )
