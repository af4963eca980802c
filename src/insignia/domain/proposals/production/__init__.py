"""From an approved proposal to an active achievement: the checklist of production."""
