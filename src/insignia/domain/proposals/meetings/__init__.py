"""Meetings of a body: agendas, packets, minutes, calendar files."""
