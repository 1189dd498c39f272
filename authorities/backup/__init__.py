"""A copy of all that the site was given, and how it comes back into an empty place.

A backup is a folder: the database as pg_dump writes it, the kept files, and a manifest that says
what must be there. A folder without a manifest is no whole backup.
"""
