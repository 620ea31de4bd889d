"""The meeting of every task that came out of an entry before the meeting was written beside it."""

from django.db import migrations


def name_meetings(apps, schema_editor):
    # A trigger enters the meeting whenever a row is written.
    apps.get_model("meetings", "EntryTask").objects.filter(meeting=None).update(meeting=None)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0006_origins_of_tasks_by_meeting")]

    # Backwards the column goes.
    operations = [migrations.RunPython(name_meetings, migrations.RunPython.noop, elidable=True)]
