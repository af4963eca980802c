"""A form as data: what a proposer is asked (`definition`, `reading`), what was answered (`answers`), how two versions of
it differ (`differences`), and what follows from it (`facts`, `warnings`, `guide`)."""
