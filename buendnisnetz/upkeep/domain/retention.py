"""When files, rows and addresses of this room go by themselves."""

from datetime import datetime, timedelta

from django.db.models import Q

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.files.models import StoredFile
from buendnisnetz.network.domain.erasure import event_model
from buendnisnetz.upkeep.enums import CorrectionStatus
from buendnisnetz.upkeep.models import Correction, Merge, PartnerList

# Long enough to take a list back, or to hand the faulty rows in again.
LISTS_KEPT = timedelta(days=90)
CORRECTIONS_KEPT = timedelta(days=183)
MERGES_KEPT = timedelta(days=366)


def empty_old_lists(*, now: datetime) -> int:
    """Forget rows and file of lists that were handed in long ago; what they brought in stays, and
    that they were. Returns how many."""
    old = PartnerList.objects.filter(emptied_at=None, uploaded_at__lt=now - LISTS_KEPT)
    with recorded(actor=None, action="upkeep.list.emptied"):
        lists = list(old.select_related("file").select_for_update(of=("self",)))
        for row in lists:
            row.rows.all().delete()
            row.written.all().delete()
            row.header, row.emptied_at = [], now
            row.save()
            _forget_file(row.file)
        return len(lists)


def _forget_file(stored: StoredFile) -> None:
    """The content goes from the disk unless another entry holds the same one."""
    if not StoredFile.objects.filter(sha256=stored.sha256).exclude(pk=stored.pk).exists():
        stored.content.delete(save=False)


def forget_old_corrections(*, now: datetime) -> int:
    """Forget words and addresses of proposals that were decided long ago, in rows and history; what
    was taken over stays. Returns how many."""
    decided = Correction.objects.exclude(status=CorrectionStatus.NEW)
    old = decided.filter(decided_at__lt=now - CORRECTIONS_KEPT)
    held = ~Q(words="", email="", consent_text="")
    with recorded(actor=None, action="upkeep.correction.forgotten"):
        numbers = list(old.filter(held).values_list("pk", flat=True))
        gone = {"words": "", "email": "", "consent_text": ""}
        Correction.objects.filter(pk__in=numbers).update(**gone)
        event_model(Correction)._default_manager.filter(pgh_obj_id__in=numbers).update(**gone)
        return len(numbers)


def forget_old_merges(*, now: datetime) -> int:
    """Forget what merges wrote, and with it the way back. Returns how many."""
    old = Merge.objects.filter(merged_at__lt=now - MERGES_KEPT, forgotten_at=None)
    with recorded(actor=None, action="upkeep.merge.forgotten"):
        return old.update(steps=[], forgotten_at=now)
