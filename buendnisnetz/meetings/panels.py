"""What this room adds to lower rooms: what a holder has of it when a post is handed over, ties."""

from buendnisnetz.meetings.domain import holdings, ties

holdings.register_own()
ties.register_own()
