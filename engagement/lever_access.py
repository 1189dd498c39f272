"""The only ways to levers and to the catalogue of those that were shared."""
