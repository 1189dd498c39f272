"""The figure of an authority's levers."""
