"""Who may open which page of the room ``territories``."""

from tests.access.expected.groups import PUBLIC

ROUTES = {
    "territories:chamber_detail": PUBLIC,
    "territories:chamber_list": PUBLIC,
    "territories:territory_detail": PUBLIC,
    "territories:territory_list": PUBLIC,
}
