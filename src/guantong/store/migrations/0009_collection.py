"""Years of collection, submissions with their sections and revisions, and what was done."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Years of collection, submissions with their sections and revisions, and what was done."""

    dependencies = [
        ("store", "0008_family_codes"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportingYear",
            fields=[
                ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("catalogue", models.CharField(max_length=64)),
                ("due", models.DateField()),
                ("changes", models.PositiveIntegerField(default=0)),
                ("opened_at", models.DateTimeField()),
                ("opened_by", models.CharField(max_length=64)),
                ("published_on", models.DateField(null=True)),
                ("published_by", models.CharField(default="", max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("organisation", models.CharField(max_length=64)),
                ("stage", models.CharField(max_length=16)),
                ("kind", models.CharField(max_length=32)),
                ("size", models.CharField(max_length=32)),
                ("exempt", models.CharField(max_length=400)),
                ("step", models.CharField(max_length=32)),
                ("version", models.PositiveIntegerField()),
                ("started", models.DateField()),
                (
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="store.reportingyear",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=64)),
                ("step", models.CharField(max_length=32)),
                ("end", models.CharField(max_length=32)),
                ("round", models.PositiveSmallIntegerField()),
                ("version", models.PositiveIntegerField()),
                ("due", models.DateField()),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sections", to="store.submission"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EntryRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("indicator", models.CharField(max_length=64)),
                ("number", models.PositiveIntegerField()),
                ("current", models.BooleanField()),
                ("value", models.CharField(max_length=40)),
                ("sample", models.PositiveIntegerField(null=True)),
                ("method", models.CharField(max_length=40)),
                ("explanation", models.CharField(max_length=1000)),
                ("erratum", models.CharField(max_length=400)),
                ("entered_at", models.DateTimeField()),
                ("entered_by", models.CharField(max_length=64)),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="store.submission"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CollectionDeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("section", models.CharField(max_length=64)),
                ("round", models.PositiveSmallIntegerField()),
                ("number", models.PositiveSmallIntegerField()),
                ("step", models.CharField(max_length=32)),
                ("outcome", models.CharField(max_length=16)),
                ("choice", models.CharField(max_length=32)),
                ("role", models.CharField(max_length=32)),
                ("organisation", models.CharField(max_length=64)),
                ("on", models.DateField()),
                ("reason", models.CharField(max_length=400)),
                ("digest", models.CharField(max_length=71)),
                ("by", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=64)),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deeds", to="store.submission"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["organisation", "year"], name="submission_organisation"),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(fields=("year", "organisation"), name="one_submission_of_a_year"),
        ),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.UniqueConstraint(
                fields=("submission", "name"), name="one_section_of_a_name_in_a_submission"
            ),
        ),
        migrations.AddConstraint(
            model_name="entryrevision",
            constraint=models.UniqueConstraint(
                fields=("submission", "indicator", "number"), name="one_revision_of_a_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="entryrevision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("current", True)), fields=("submission", "indicator"), name="one_current_revision"
            ),
        ),
        migrations.AddConstraint(
            model_name="collectiondeed",
            constraint=models.UniqueConstraint(
                fields=("submission", "section", "round", "number"), name="one_deed_of_a_number_in_a_round"
            ),
        ),
    ]
