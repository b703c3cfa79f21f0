"""Sittings and their lines."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Make the tables of sittings."""

    dependencies = [
        ("store", "0001_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="Sitting",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("project", models.CharField(max_length=128)),
                ("cohort", models.PositiveSmallIntegerField()),
                ("class_name", models.CharField(max_length=64)),
                ("school", models.CharField(max_length=64)),
                ("receiver", models.CharField(max_length=64)),
                ("to_stage", models.CharField(max_length=16)),
                ("state", models.CharField(max_length=16)),
                ("version", models.PositiveIntegerField()),
                ("opened_at", models.DateTimeField()),
                ("opened_by", models.CharField(max_length=64)),
            ],
            options={
                "indexes": [models.Index(fields=["receiver", "state"], name="sitting_receiver")],
            },
        ),
        migrations.CreateModel(
            name="SittingLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("result", models.BinaryField()),
                ("verdict", models.CharField(max_length=16)),
                ("answer", models.CharField(max_length=16)),
                ("reason", models.BinaryField()),
                ("event", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="store.event")),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sitting_lines", to="store.pupil"
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="store.receipt"),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="store.sitting"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("sitting", "pupil"), name="one_line_of_a_pupil_in_a_sitting")
                ],
            },
        ),
    ]
