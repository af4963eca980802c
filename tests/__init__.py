"""The tests mirror src/insignia; tests/support holds what they share."""
