"""When which job comes, in London; each finds its own work and may run twice."""

from typing import Any

from celery.schedules import crontab

SCHEDULE: dict[str, dict[str, Any]] = {
    "sweep-recompute": {"task": "outcomes.run_recompute", "schedule": 10.0},
    "apply-reorganisations": {
        "task": "authorities.apply_due_reorganisations",
        "schedule": 300.0,
    },
    "turn-rounds": {"task": "duty.open_and_close_rounds", "schedule": 300.0},
    "check-register-feeds": {
        "task": "authorities.check_register_feeds",
        "schedule": crontab(day_of_week=1, hour=4, minute=0),
    },
    "check-links": {
        "task": "duty.check_links",
        "schedule": crontab(day_of_week=1, hour=5, minute=0),
    },
    "delete-unused-evidence": {
        "task": "duty.delete_unused_evidence",
        "schedule": crontab(hour=3, minute=30),
    },
    "send-messages": {"task": "authorities.send_messages", "schedule": 60.0},
    "seal-audit": {"task": "authorities.seal_audit", "schedule": 60.0},
    "sweep-return-documents": {"task": "duty.sweep_return_documents", "schedule": 30.0},
    "forget-keyed-requests": {
        "task": "authorities.forget_keyed_requests",
        "schedule": crontab(hour=3, minute=30),
    },
    # Before the morning's mails.
    "look-at-roles": {
        "task": "authorities.look_at_roles",
        "schedule": crontab(hour=4, minute=30),
    },
    "anonymise-leavers": {
        "task": "authorities.anonymise_leavers",
        "schedule": crontab(hour=3, minute=45),
    },
    "forget-expired-sessions": {
        "task": "authorities.forget_expired_sessions",
        "schedule": crontab(hour=3, minute=30),
    },
    "forget-ended-tokens": {
        "task": "authorities.forget_ended_tokens",
        "schedule": crontab(hour=3, minute=30),
    },
    "forget-unsent-texts": {
        "task": "duty.forget_unsent_texts",
        "schedule": crontab(hour=3, minute=30),
    },
    # After the other jobs of the night.
    "check-integrity": {
        "task": "authorities.check_integrity",
        "schedule": crontab(hour=5, minute=30),
    },
    # At 7 in London, and each hour after it: what was written already is not written again.
    "announce-day": {
        "task": "authorities.announce_day",
        "schedule": crontab(hour="7-21", minute=0),
    },
    "sweep-uploads": {"task": "outcomes.sweep_uploads", "schedule": 30.0},
    "sweep-boundary-imports": {
        "task": "authorities.sweep_boundary_imports",
        "schedule": 30.0,
    },
    "recompute-all": {
        "task": "outcomes.request_recompute_of_all",
        "schedule": crontab(hour=2, minute=30),
    },
    "recompute-rounds": {
        "task": "engagement.request_recompute_of_rounds",
        "schedule": crontab(hour=2, minute=30),
    },
}
