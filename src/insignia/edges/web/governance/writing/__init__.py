"""The form of a proposal: written, together with others, and handed in."""
