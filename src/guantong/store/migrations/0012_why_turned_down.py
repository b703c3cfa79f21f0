"""Why a waiting event was turned down: sealed, and erased with the pupil."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Why a waiting event was turned down: sealed, and erased with the pupil."""

    dependencies = [
        ("store", "0011_lists_by_project"),
    ]

    operations = [
        migrations.AddField(model_name="event", name="why", field=models.BinaryField(default=b"")),
    ]
