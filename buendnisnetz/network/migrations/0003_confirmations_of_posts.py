"""What was confirmed before confirmations were kept one by one."""

from django.db import migrations


def keep_last_confirmations(apps, schema_editor):
    post = apps.get_model("network", "Post")
    confirmation = apps.get_model("network", "PostConfirmation")
    rows = post.objects.exclude(confirmed_on=None).values_list("pk", "confirmed_on")
    confirmation.objects.bulk_create(
        (confirmation(post_id=pk, confirmed_on=day) for pk, day in rows),
        batch_size=2000,
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("network", "0002_succession")]

    # Backwards nothing is lost: the posts still say when they were confirmed last.
    operations = [
        migrations.RunPython(keep_last_confirmations, migrations.RunPython.noop, elidable=True)
    ]
