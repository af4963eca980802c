"""The life of one thing as a table of states and transitions (`transitions`).

A proposal's way through steps, tasks and votes is more than a state; it takes its place beside, as `route`.
"""
