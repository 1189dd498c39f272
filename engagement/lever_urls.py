"""The addresses of levers."""
