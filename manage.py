#!/usr/bin/env python
"""Django's command line, with this project's settings."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duty.config.settings")
    from django.core.management import execute_from_command_line

    # The queue's application must be configured before a command asks it to send.
    from duty.config.celery import app

    app.set_current()
    execute_from_command_line(sys.argv)
