"""The forms of changes of bodies and areas: what each asks, and the operations that follow."""
