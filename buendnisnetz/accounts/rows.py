"""The row behind an address, as far as whoever asks may see it; anything else is 404."""

from typing import Any, Generic, TypeVar

from django.db.models import Model

from buendnisnetz.accounts.shapes import Visible
from buendnisnetz.core.questions import Slot
from buendnisnetz.ui import viewkit

Row = TypeVar("Row", bound=Model)


class Addressed(Visible, Generic[Row]):
    """Finds one row of a model, and what belongs to it, by what stands in its address."""

    def __init__(self, model: type[Row], *related: str, key: str = "public_id") -> None:
        visible: Any = model.objects  # type: ignore[attr-defined]  # every model has them
        super().__init__(
            lambda user: (
                visible.visible_to(user)
                .select_related(*related)
                .filter(**{key: Slot("key")})
                .order_by()
            )
        )

    def found(self, request: Any, key: str) -> Row:
        """Raises ``Http404`` where there is no such row, or none to see."""
        row: Row | None = self.one_to(request.user, key=key)
        return viewkit.or_404(row)
