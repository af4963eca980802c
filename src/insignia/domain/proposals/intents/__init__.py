"""Intents: ideas before they become proposals, and the support that they get."""
