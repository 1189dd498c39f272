"""The pages of changes of bodies and areas, for the centre."""
