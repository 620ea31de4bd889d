"""Forms for statements of benefit and examples of good practice."""

from django.utils.translation import gettext_lazy as _

from buendnisnetz.network.forms.choosing import ChooseField
from buendnisnetz.network.forms.fields import FactsForm, FactsMeta
from buendnisnetz.partnering.enums import Audience, PlaceSize, PracticeField
from buendnisnetz.partnering.forms.fields import DistrictFilter, choice
from buendnisnetz.partnering.models import Benefit, PracticeCard
from buendnisnetz.ui.listing import FilterForm


class BenefitFilter(FilterForm):
    audience = choice(_("For whom"), Audience)


class KeeperBenefitFilter(BenefitFilter):
    which = choice(
        _("Show"),
        [("draft", _("not yet published")), ("outdated", _("source to be checked again"))],
    )


class BenefitForm(FactsForm):
    class Meta(FactsMeta):
        model = Benefit
        fields = (
            "audience", "claim", "evidence", "example", "source_title", "source_url", "checked_on",
            "is_published",
        )  # fmt: skip
        help_texts = {
            "claim": _("One sentence that the audience itself would say."),
            "evidence": _("The figure or the finding in the source, with its year."),
        }


class PracticeFilter(DistrictFilter):
    field = choice(_("Field"), PracticeField)
    place_size = choice(_("Size of the place"), PlaceSize)
    field_order = ("q", "field", "place_size", "district")


class PracticeForm(FactsForm):
    territory = ChooseField("gebiete", label=_("Where"), required=False)
    contact = ChooseField(
        "stellen",
        label=_("Post that answers questions"),
        required=False,
        help_text=_("Questions reach it by a form; its address is not shown."),
    )

    class Meta(FactsMeta):
        model = PracticeCard
        fields = (
            "title", "field", "territory", "problem", "steps", "partners", "cost", "effect",
            "transfer", "evidence", "source_url", "contact", "is_published",
        )  # fmt: skip
