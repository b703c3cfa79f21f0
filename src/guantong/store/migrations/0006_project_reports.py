"""Reports of projects and their steps."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Reports of projects and their steps."""

    dependencies = [
        ("store", "0005_school_desk"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProjectReport",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("project", models.CharField(max_length=128)),
                ("year", models.PositiveSmallIntegerField()),
                ("lead", models.CharField(max_length=64)),
                ("partner", models.CharField(max_length=64)),
                ("step", models.CharField(max_length=32)),
                ("version", models.PositiveIntegerField()),
                ("content", models.TextField()),
                ("digest", models.CharField(max_length=71)),
                ("started", models.DateField()),
                ("submitted", models.DateField(null=True)),
                ("written_by", models.CharField(max_length=64)),
                ("written_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["year", "project"], name="project_report_year")],
                "constraints": [
                    models.UniqueConstraint(fields=("project", "year"), name="one_report_of_a_project_and_year")
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectReportStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("step", models.CharField(max_length=32)),
                ("outcome", models.CharField(max_length=16)),
                ("role", models.CharField(max_length=32)),
                ("on", models.DateField()),
                ("reason", models.CharField(max_length=400)),
                ("digest", models.CharField(max_length=71)),
                ("by", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=64)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="store.projectreport"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("report", "number"), name="one_step_of_a_number_in_a_report")
                ],
            },
        ),
    ]
