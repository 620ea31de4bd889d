"""What this room adds to lower rooms: what a holder has of it when a post is handed over."""

from buendnisnetz.meetings.domain import holdings

holdings.register_own()
