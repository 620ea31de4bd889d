"""Who may open which page of the room ``web``."""

from tests.access.expected.groups import PUBLIC

ROUTES = {
    "web:accessibility": PUBLIC,
    "web:easy_language": PUBLIC,
    "web:feedback_sent": PUBLIC,
    "web:healthz": PUBLIC,
    "web:help": PUBLIC,
    "web:home": PUBLIC,
    "web:imprint": PUBLIC,
    "web:privacy": PUBLIC,
    "web:search": PUBLIC,
    "web:sources": PUBLIC,
}
