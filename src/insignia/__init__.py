"""Insignia: micro-credentials from proposal to verified badge."""

__version__ = "0.1.0"
