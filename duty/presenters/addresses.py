"""The addresses of a return's pages."""

from dataclasses import dataclass

from django.urls import reverse

from duty.slots import SlotKey


@dataclass(frozen=True)
class ReturnAddresses:
    """Where the pages of one return are."""

    round_slug: str
    authority_slug: str

    @property
    def tasks(self) -> str:
        """The task list."""
        return self._of("return-tasks")

    @property
    def start(self) -> str:
        """What starts the return."""
        return self._of("return-start")

    @property
    def check(self) -> str:
        """The answers to check."""
        return self._of("return-check")

    @property
    def sign_off(self) -> str:
        """Sending and signing."""
        return self._of("return-sign-off")

    @property
    def differences(self) -> str:
        """What changed since the last submission."""
        return self._of("return-differences")

    @property
    def submitted(self) -> str:
        """The receipt."""
        return self._of("return-submitted")

    def section_check(self, section: str) -> str:
        """The answers of one section on the page that checks them."""
        return f"{self.check}#{section}"

    def step(self, name: str) -> str:
        """Where a step of the sign-off is sent: send, recall, sign, decline or submit."""
        return self._of(f"return-{name}")

    def complete(self, section: str) -> str:
        """Where a section is marked complete."""
        return self._of("section-complete", section)

    def question(self, section: str, key: SlotKey) -> str:
        """The page of a question, for one board where it is asked per pair."""
        if key.board is None:
            return self._of("return-question", section, key.code)
        return self._of("return-board-question", section, key.code, key.board)

    @property
    def bring_over(self) -> str:
        """What proposes answers from the standing records and the last round."""
        return self._of("return-bring-over")

    def confirm(self, section: str, key: SlotKey) -> str:
        """Where a proposed answer is taken on as it is."""
        if key.board is None:
            return self._of("answer-confirm", section, key.code)
        return self._of("board-answer-confirm", section, key.code, key.board)

    def evidence(self, section: str, key: SlotKey) -> str:
        """Where evidence is added to an answer or taken from it."""
        if key.board is None:
            return self._of("return-evidence", section, key.code)
        return self._of("return-board-evidence", section, key.code, key.board)

    def evidence_file(self, file_id: str) -> str:
        """Where a file is taken away from."""
        return self._of("evidence-file", file_id)

    def _of(self, name: str, *more: str) -> str:
        return reverse(f"duty:{name}", args=[self.round_slug, self.authority_slug, *more])


@dataclass(frozen=True)
class PreviewAddresses:
    """Where the pages of a preview lead back to."""

    tasks: str
