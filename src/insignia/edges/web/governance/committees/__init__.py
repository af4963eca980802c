"""Committees: seats, meetings, agendas, ballots, minutes."""
