"""Who may open which route, written down by hand: the access matrix compares the application with it.

One file a room, one line a route. A route that stands in no file fails the test.
"""

from importlib import import_module
from pkgutil import iter_modules

EXPECTED: dict[str, frozenset[str]] = {
    route: group
    for module in iter_modules(__path__)
    if module.name != "groups"
    for route, group in import_module(f"{__name__}.{module.name}").ROUTES.items()
}
PUBLIC = {route for route, group in EXPECTED.items() if "public" in group}
SIGNED_IN = {route for route, group in EXPECTED.items() if "signed in" in group}
