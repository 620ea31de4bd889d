"""How far a job has come, visible to others while its transaction is still open."""

from threading import Thread

from django.db import connection

from buendnisnetz.upkeep.models import ListProgress


def report(partner_list: int, done: int, total: int) -> None:
    """Write on a connection of its own: the job's would show it only when everything is done."""
    thread = Thread(target=_write, args=(partner_list, done, total))
    thread.start()
    thread.join()


def _write(partner_list: int, done: int, total: int) -> None:
    try:
        ListProgress.objects.filter(partner_list=partner_list).update(done=done, total=total)
    finally:
        connection.close()
