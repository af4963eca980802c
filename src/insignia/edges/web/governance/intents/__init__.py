"""Intents, the support that they get, and invitations to propose."""
