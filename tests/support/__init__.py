"""Fixtures (as pytest plugins, one subject a file, listed in tests/conftest.py), builders and tables for the tests."""
