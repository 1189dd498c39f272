"""Two parties of a framework for tests, and a hand that edits its draft."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from authorities.models import Pair, Role, User
from outcomes.access import Acting
from outcomes.actions import framework_drafts, frameworks
from outcomes.actions.framework_drafts import Edit, ItemWords
from outcomes.models import FrameworkVersion
from tests.factories.authorities import PairFactory, UserFactory
from tests.factories.outcomes import NOW


@dataclass
class Parties:
    """An authority and a board, each with one person who acts for it."""

    pair: Pair = field(default_factory=PairFactory)
    person: User = field(default_factory=UserFactory)

    @property
    def authority(self) -> Acting:
        """Act for the authority."""
        return Acting(body=self.pair.authority, role=Role.SIGNATORY)

    @property
    def board(self) -> Acting:
        """Act for the board."""
        return Acting(body=self.pair.board, role=Role.SIGNATORY)

    def start(self) -> FrameworkVersion:
        """Begin a framework of the two."""
        return frameworks.start(
            authority=self.pair.authority,
            pairs=[self.pair],
            name="Healthier for longer",
            form_key=uuid.uuid4(),
            acting=self.authority,
            by=self.person,
            at=NOW,
        )

    def edit(
        self, version: FrameworkVersion, *, acting: Acting | None = None, at: datetime = NOW
    ) -> Edit:
        """Edit the version as it is now."""
        now = FrameworkVersion.objects.get(pk=version.pk)
        return Edit(
            version=now,
            expected_version=now.version,
            acting=acting or self.authority,
            by=self.person,
            at=at,
        )

    def add(self, version: FrameworkVersion, kind: str, title: str, **words: Any) -> Any:
        """Add an item to the theory of change."""
        return framework_drafts.add_item(
            edit=self.edit(version), kind=kind, words=ItemWords(title, **words)
        )
