"""From an approval to an active badge: the checklist of production."""
