"""Proofs with their counts and tries, lists handed over, working copies."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Proofs, lists handed over, working copies."""

    dependencies = [
        ("store", "0002_sittings"),
    ]

    operations = [
        migrations.CreateModel(
            name="CheckTry",
            fields=[
                ("caller", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("since", models.DateTimeField(db_index=True)),
                ("tries", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=16)),
                ("project", models.CharField(max_length=128)),
                ("cohort", models.PositiveSmallIntegerField()),
                ("class_name", models.CharField(max_length=64)),
                ("sender", models.CharField(max_length=64)),
                ("receiver", models.CharField(max_length=64)),
                ("rows", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("state", models.CharField(max_length=16)),
                ("version", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=64)),
                ("handed_at", models.DateTimeField(null=True)),
                ("handed_by", models.CharField(max_length=64)),
                ("receipt_number", models.CharField(max_length=64)),
                ("received_at", models.DateTimeField(null=True)),
                ("received_by", models.CharField(max_length=64)),
                (
                    "copy_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="store.handover",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HandoverLine",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("cells", models.BinaryField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "handover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="store.handover"
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="handover_lines", to="store.pupil"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Proof",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=16)),
                ("institution", models.CharField(max_length=64)),
                ("number", models.CharField(max_length=96, unique=True)),
                ("key", models.CharField(max_length=16)),
                ("code", models.CharField(max_length=64)),
                ("stage", models.CharField(max_length=16)),
                ("status", models.CharField(max_length=32)),
                ("issued_on", models.DateField()),
                ("valid_until", models.DateField()),
                ("issued_at", models.DateTimeField()),
                ("issued_by", models.CharField(max_length=64)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("revoked_by", models.CharField(max_length=64)),
                ("revoked_because", models.CharField(max_length=16)),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proofs", to="store.pupil"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProofCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("institution", models.CharField(max_length=64)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("institution", "year"), name="one_count_of_proofs_a_year")
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkingCopy",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("institution", models.CharField(max_length=64)),
                ("project", models.CharField(max_length=128)),
                ("cohort", models.PositiveSmallIntegerField()),
                ("class_name", models.CharField(max_length=64)),
                ("purpose", models.CharField(max_length=32)),
                ("state", models.CharField(max_length=16)),
                ("version", models.PositiveIntegerField()),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.CharField(max_length=64)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.CharField(max_length=64)),
                ("until", models.DateTimeField(null=True)),
                ("taken_at", models.DateTimeField(null=True)),
                ("rows", models.PositiveIntegerField(null=True)),
                ("expires_on", models.DateField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["institution", "state"], name="working_copy_waiting")],
            },
        ),
        migrations.AddIndex(
            model_name="handover",
            index=models.Index(fields=["receiver", "state"], name="handover_receiver"),
        ),
        migrations.AddIndex(
            model_name="handover",
            index=models.Index(fields=["sender", "state"], name="handover_sender"),
        ),
        migrations.AddConstraint(
            model_name="handoverline",
            constraint=models.UniqueConstraint(fields=("handover", "pupil"), name="one_line_of_a_pupil_on_a_list"),
        ),
        migrations.AddConstraint(
            model_name="handoverline",
            constraint=models.UniqueConstraint(fields=("handover", "number"), name="one_line_of_a_number_on_a_list"),
        ),
    ]
