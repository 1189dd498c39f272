"""What the pages of changes of bodies and areas show."""
