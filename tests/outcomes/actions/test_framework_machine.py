"""Two parties walk a framework through its life by the real actions, in any order they like."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from outcomes.actions import framework_drafts, frameworks
from outcomes.framework_content import content_hash
from outcomes.framework_lifecycle import FrameworkRefusedError
from outcomes.models import (
    AGREED_STATES,
    FrameworkHappening,
    FrameworkSignature,
    FrameworkVersion,
    VersionState,
)
from outcomes.queries.frameworks import content_of
from tests.factories.outcomes import NOW
from tests.outcomes.framework_people import Parties
from tests.outcomes.views.framework_pages import whole_draft

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SIDES = st.sampled_from(["authority", "board"])


class TwoParties(RuleBasedStateMachine):
    """What each side may try; a refusal leaves everything as it was."""

    def __init__(self):
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.parties = Parties()
        self.version = whole_draft(self.parties)
        self.read = ""
        self.texts = 0
        self.agreed: dict[str, str] = {}

    def teardown(self):
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    def newest(self):
        rows = FrameworkVersion.objects.filter(framework=self.version.framework_id)
        return rows.order_by("-number")[0]

    def attempt(self, act):
        before = self.facts()
        try:
            with transaction.atomic():
                act(self.newest())
        except FrameworkRefusedError:
            assert self.facts() == before

    def facts(self):
        versions = FrameworkVersion.objects.filter(framework=self.version.framework_id)
        return (
            list(versions.order_by("number").values_list("number", "state", "version")),
            FrameworkHappening.objects.count(),
            FrameworkSignature.objects.filter(voided_at=None).count(),
        )

    def by(self, side):
        return {
            "acting": getattr(self.parties, side),
            "by": self.parties.person,
            "at": NOW,
        }

    @rule(side=SIDES)
    def write(self, side):
        self.texts += 1
        self.attempt(
            lambda version: framework_drafts.write_text(
                edit=self.parties.edit(version, acting=getattr(self.parties, side)),
                name="summary",
                text=f"Text {self.texts}",
            )
        )

    @rule(side=SIDES)
    def propose(self, side):
        self.attempt(
            lambda version: frameworks.propose(
                version=version, expected_version=version.version, **self.by(side)
            )
        )

    @rule()
    def look(self):
        self.read = self.newest().content_hash

    @rule(side=SIDES)
    def sign_what_was_read(self, side):
        self.attempt(
            lambda version: frameworks.sign(
                version=version, content_read=self.read, **self.by(side)
            )
        )

    @rule(side=SIDES)
    def sign_what_is_there(self, side):
        self.attempt(
            lambda version: frameworks.sign(
                version=version, content_read=version.content_hash, **self.by(side)
            )
        )

    @rule(side=SIDES)
    def decline(self, side):
        self.attempt(
            lambda version: frameworks.decline(
                version=version,
                content_read=version.content_hash,
                reason="No.",
                **self.by(side),
            )
        )

    @rule(side=SIDES)
    def change(self, side):
        self.attempt(
            lambda version: frameworks.propose_change(
                version=version, reason="More.", **self.by(side)
            )
        )

    @rule(side=SIDES)
    def give_up_the_next(self, side):
        if self.newest().number > 1:
            self.attempt(
                lambda version: frameworks.discard(
                    version=version,
                    expected_version=version.version,
                    reason="No more.",
                    **self.by(side),
                )
            )

    @invariant()
    def one_version_is_in_force_and_one_open_at_the_most(self):
        states = [state for _, state, _ in self.facts()[0]]
        assert states.count(VersionState.AGREED) <= 1
        assert sum(state in ("draft", "proposed", "partly_signed") for state in states) <= 1

    @invariant()
    def what_is_agreed_is_signed_by_both_and_never_changes(self):
        rows = FrameworkVersion.objects.filter(framework=self.version.framework_id)
        for version in rows.filter(state__in=AGREED_STATES):
            digest = content_hash(content=content_of(version=version))
            assert digest == version.content_hash
            assert self.agreed.setdefault(str(version.pk), digest) == digest
            signed = FrameworkSignature.objects.filter(
                framework_version=version, voided_at=None, content_hash=digest
            )
            assert set(signed.values_list("body_id", flat=True)) == {
                self.parties.pair.authority_id,
                self.parties.pair.board_id,
            }
        assert set(self.agreed) <= {
            str(key) for key in rows.filter(state__in=AGREED_STATES).values_list("pk", flat=True)
        }

    @invariant()
    def a_draft_holds_no_signature(self):
        assert not FrameworkSignature.objects.filter(
            framework_version__state__in=["draft", "discarded"], voided_at=None
        ).exists()


def test_two_parties_in_any_order():
    run_state_machine_as_test(
        TwoParties,
        settings=settings(
            max_examples=8,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
