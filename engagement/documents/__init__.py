"""Documents about pairs, as tagged PDF."""
