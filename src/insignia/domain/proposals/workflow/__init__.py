"""A proposal on its route: who is asked, what was decided, where it is now."""
