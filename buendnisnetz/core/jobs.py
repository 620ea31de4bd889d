"""Housekeeping of the job queue and of counters."""

from datetime import timedelta

from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app

from buendnisnetz.core import changes, search
from buendnisnetz.core.models import RateLimit

KEEP_DONE_JOBS_HOURS = 24 * 30


@app.periodic(cron="* * * * *")
@app.task(
    name="core.retry_stalled_jobs", queueing_lock="core.retry_stalled_jobs", pass_context=True
)
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Run again what a killed worker left half done."""
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job)


@app.periodic(cron="* * * * *")
@app.task(name="core.split_compounds", queueing_lock="core.split_compounds")
def split_compounds(timestamp: int) -> None:
    """Let what was written in the last minute be found by parts of its words, too."""
    search.split_waiting()


@app.periodic(cron="17 3 * * *")
@app.task(name="core.clean_up", queueing_lock="core.clean_up")
def clean_up(timestamp: int) -> None:
    """Forget counters that ran out and connections that ended."""
    changes.forget_ended_connections()
    RateLimit.objects.filter(ends_at__lt=timezone.now() - timedelta(days=1)).delete()


@app.periodic(cron="27 3 * * *")
@app.task(name="core.forget_done_jobs", queueing_lock="core.forget_done_jobs", pass_context=True)
async def forget_done_jobs(context: JobContext, timestamp: int) -> None:
    await app.job_manager.delete_old_jobs(nb_hours=KEEP_DONE_JOBS_HOURS, include_failed=False)
