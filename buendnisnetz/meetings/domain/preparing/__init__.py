"""Before a meeting: finding a date, inviting, the agenda, calendars, templates."""
