"""Governance, from an idea to an approved achievement: a package of packages, the lowest first.

`forms` what is asked · `bodies` who sits where · `writing` the proposal, its versions and remarks · `intents` the ideas
before it · `workflow` its way through reviews and decisions · `meetings` agendas, ballots, minutes · `production` from the
approval to an active achievement.
"""
