"""What this room forgets when a person's name is removed for good (GDPR Art. 17)."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q
from django.db.models.functions import Cast

from buendnisnetz.network.domain.erasure import Erasure, event_model, scrub_texts
from buendnisnetz.network.models import MovedAddress, Person, PersonAlias
from buendnisnetz.upkeep.models import Correction, Double, ListRow, Merge, WrittenRow


def scrub(erasure: Erasure) -> None:
    """Rows of lists, the way back of merges, proposals and pairs that name the person."""
    _scrub_lists(erasure)
    _scrub_merges(erasure)
    Double.objects.filter(
        Q(first_person=erasure.person_id) | Q(second_person=erasure.person_id)
    ).delete()
    scrub_texts(Correction, ("words", "answer", "email"), erasure)


def _scrub_lists(erasure: Erasure) -> None:
    rows = ListRow.objects.alias(text=Cast("cells", CharField()))
    named = Q(person=erasure.person_id)
    for text in erasure.texts:
        named |= Q(text__icontains=text)
    rows.filter(named).update(
        cells=[], values={}, changes=[], candidates=[], notes=[], label=erasure.replacement
    )
    people = ContentType.objects.get_for_model(Person)
    WrittenRow.objects.filter(content_type=people, object_id=erasure.person_id).exclude(
        before=None
    ).update(before={})


def _scrub_merges(erasure: Erasure) -> None:
    """Without its steps a merge cannot be taken back, and the history of the entry that went loses
    the name as that of the kept one does."""
    for merge in Merge.objects.filter(kept_person=erasure.person_id):
        merge.steps, merge.gone_name = [], erasure.replacement
        merge.forgotten_at = merge.forgotten_at or merge.merged_at
        merge.save()
    event_model(Merge)._default_manager.filter(kept_person=erasure.person_id).update(
        gone_name=erasure.replacement
    )
    keys = list(
        MovedAddress.objects.filter(person=erasure.person_id).values_list("old_key", flat=True)
    )
    event_model(Person)._default_manager.filter(pgh_obj_id__in=keys).update(
        given_name="",
        family_name=erasure.replacement,
        academic_title="",
        email="",
        phone="",
        note="",
    )
    event_model(PersonAlias)._default_manager.filter(person_id__in=keys).delete()
