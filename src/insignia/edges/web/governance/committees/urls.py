"""Addresses of these pages, below `/i/<institution>/governance/`."""

from django.urls import URLPattern, URLResolver, path

from . import agenda, bodies, calendars, deciding, meetings, minuting, packets, seats

_BODY = "committees/<str:body_id>"
_SEAT = f"{_BODY}/seats/<str:seat_id>"
_MEETING = "committees/meetings/<str:meeting_id>"
_ITEM = f"{_MEETING}/items/<str:item_id>"

pages: list[URLPattern | URLResolver] = [
    path("committees", bodies.committees, name="committees"),
    path("committees/found", bodies.found, name="body_found"),
    path("calendars/<str:token>.ics", calendars.body_feed, name="body_feed"),
    path(_MEETING, agenda.meeting, name="meeting"),
    path(f"{_MEETING}/move", meetings.move, name="meeting_move"),
    path(f"{_MEETING}/cancel", meetings.cancel, name="meeting_cancel"),
    path(f"{_MEETING}/present", meetings.attend, name="meeting_attend"),
    path(f"{_MEETING}/close", meetings.close, name="meeting_close"),
    path(f"{_MEETING}/calendar.ics", calendars.meeting_file, name="meeting_calendar"),
    path(f"{_MEETING}/packet", packets.packet, name="packet"),
    path(f"{_MEETING}/packet.pdf", packets.packet_file, name="packet_file"),
    path(f"{_MEETING}/minutes", minuting.minutes, name="minutes"),
    path(f"{_MEETING}/minutes/edit", minuting.edit, name="minutes_edit"),
    path(f"{_MEETING}/items/add", agenda.add, name="item_add"),
    path(f"{_MEETING}/items/put", agenda.put, name="item_put"),
    path(_ITEM, agenda.edit, name="item"),
    path(f"{_ITEM}/order", agenda.order, name="item_order"),
    path(f"{_ITEM}/discuss", agenda.discuss, name="item_discuss"),
    path(f"{_ITEM}/table", agenda.table, name="item_table"),
    path(f"{_ITEM}/drop", agenda.drop, name="item_drop"),
    path(f"{_ITEM}/vote", deciding.vote, name="item_vote"),
    path(f"{_ITEM}/recuse", deciding.recuse, name="item_recuse"),
    path(f"{_ITEM}/record", deciding.record, name="item_record"),
    path(f"{_ITEM}/close-vote", deciding.close_vote, name="item_close_vote"),
    path(f"{_ITEM}/convene", deciding.convene, name="item_convene"),
    path(_BODY, bodies.body, name="body"),
    path(f"{_BODY}/describe", bodies.edit, name="body_edit"),
    path(f"{_BODY}/meet", meetings.plan, name="meeting_plan"),
    path(f"{_BODY}/office/<slug:place>", seats.preside, name="preside"),
    path(f"{_BODY}/office/<slug:place>/release", seats.release, name="preside_release"),
    path(f"{_BODY}/seats/add", seats.add, name="seat_add"),
    path(f"{_SEAT}/drop", seats.drop, name="seat_drop"),
    path(f"{_SEAT}/<slug:place>", seats.seat, name="seat"),
    path(f"{_SEAT}/<slug:place>/vacate", seats.vacate, name="seat_vacate"),
]
