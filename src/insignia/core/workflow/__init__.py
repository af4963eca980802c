"""The life of one thing as a table of states and transitions (`transitions`), and a proposal's way through steps, tasks and
votes (`route`)."""
