"""Other names of organisations and people, alike for both."""

from django.utils.translation import gettext as _

from buendnisnetz.core.errors import DomainError
from buendnisnetz.core.search import search_key
from buendnisnetz.network.domain.saving import locked
from buendnisnetz.network.models import Organisation, Person


class AliasKnownError(DomainError):
    def __init__(self, name: str) -> None:
        super().__init__(_("“%(name)s” is known already.") % {"name": name})


def alias_added(owner: Organisation | Person, name: str) -> None:
    """Add a name and write the owner's search index anew. Raises AliasKnownError."""
    row = locked(owner)
    name = " ".join(name.split())
    main = row.name if isinstance(row, Organisation) else row.full_name()
    known = {search_key(main), *row.aliases.values_list("search_key", flat=True)}
    # Only the exact spelling is refused: "Meier" for "meier" is worth nothing, "Meyer" is.
    if search_key(name) in known:
        raise AliasKnownError(name)
    row.aliases.create(name=name)
    _index(row)


def alias_removed(owner: Organisation | Person, name: str) -> None:
    row = locked(owner)
    row.aliases.filter(search_key=search_key(name)).delete()
    _index(row)


def _index(row: Organisation | Person) -> None:
    row.other_names = "; ".join(row.aliases.order_by("pk").values_list("name", flat=True))
    row.version += 1
    row.save()
