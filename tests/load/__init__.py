"""Load as on a deadline day: `./run load`, and what it measures."""
