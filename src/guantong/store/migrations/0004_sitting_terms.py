"""What holds for a whole sitting, who handled it, and the number of each line."""

from datetime import date

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the columns; earlier versions never wrote a sitting."""

    dependencies = [
        ("store", "0003_proofs_handovers_copies"),
    ]

    operations = [
        migrations.AddField("sitting", "on", models.DateField(default=date(2000, 1, 1)), preserve_default=False),
        migrations.AddField(
            "sitting", "taught_at", models.CharField(default="", max_length=64), preserve_default=False
        ),
        migrations.AddField(
            "sitting", "submitted_by", models.CharField(default="", max_length=64), preserve_default=False
        ),
        migrations.AddField(
            "sitting", "confirmed_by", models.CharField(default="", max_length=64), preserve_default=False
        ),
        migrations.AddField(
            "sittingline", "number", models.PositiveSmallIntegerField(default=0), preserve_default=False
        ),
        migrations.AddIndex(
            model_name="sitting",
            index=models.Index(fields=["school", "state"], name="sitting_school"),
        ),
    ]
