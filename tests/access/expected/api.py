"""Who may open which page of the room ``api``: it holds only what everybody may see."""

from tests.access.expected.groups import PUBLIC

ROUTES = {
    "api:feed": PUBLIC,
    "api:feed_of": PUBLIC,
    "api:oparl_bodies": PUBLIC,
    "api:oparl_list": PUBLIC,
    "api:oparl_meetings_of": PUBLIC,
    "api:oparl_object": PUBLIC,
    "api:oparl_system": PUBLIC,
    "api:open_list": PUBLIC,
    "api:openapi": PUBLIC,
    "api:overview": PUBLIC,
}
