"""The pages of the desk, split by page."""
