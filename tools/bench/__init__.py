"""Measurements: one module here is one of them, with a docstring that says what it measures and `main(arguments)`."""
