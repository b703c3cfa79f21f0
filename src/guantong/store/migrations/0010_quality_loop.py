"""Findings, tasks, questions, grades, cases and yearly reports of the quality loop."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Findings, tasks, questions, grades, cases and yearly reports of the quality loop."""

    dependencies = [
        ("store", "0009_collection"),
    ]

    operations = [
        migrations.CreateModel(
            name="GradingRound",
            fields=[
                ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("rubric", models.CharField(max_length=64)),
                ("rubric_digest", models.CharField(max_length=71)),
                ("opened_by", models.CharField(max_length=64)),
                ("opened_at", models.DateTimeField()),
                ("closed_on", models.DateField(null=True)),
                ("closed_by", models.CharField(default="", max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="AdvisingMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organisation", models.CharField(max_length=64)),
                ("number", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("role", models.CharField(max_length=32)),
                ("by", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "number"), name="one_message_of_a_number")
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.CharField(max_length=16, primary_key=True, serialize=False)),
                ("year", models.PositiveSmallIntegerField()),
                ("organisation", models.CharField(max_length=64)),
                ("indicator", models.CharField(max_length=64)),
                ("kind", models.CharField(max_length=16)),
                ("severity", models.CharField(max_length=16)),
                ("text", models.TextField()),
                ("evidence", models.JSONField(default=list)),
                ("weight", models.FloatField()),
                ("current", models.BooleanField()),
                ("told_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["year", "organisation"], name="finding_year_organisation")],
            },
        ),
        migrations.CreateModel(
            name="GradedMajor",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("organisation", models.CharField(max_length=64)),
                ("code", models.CharField(max_length=16)),
                ("title", models.CharField(max_length=100)),
                ("grade", models.CharField(max_length=2)),
                ("points", models.CharField(max_length=16)),
                ("spread", models.CharField(max_length=16)),
                ("entered_by", models.CharField(max_length=64)),
                ("entered_at", models.DateTimeField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="majors", to="store.gradinground"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MajorReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reviewer", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=64)),
                ("number", models.PositiveSmallIntegerField()),
                ("current", models.BooleanField()),
                ("points", models.JSONField(default=dict)),
                ("remark", models.CharField(max_length=1000)),
                ("at", models.DateTimeField()),
                (
                    "major",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="store.gradedmajor"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SchoolCase",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("year", models.PositiveSmallIntegerField()),
                ("organisation", models.CharField(max_length=64)),
                ("chapter", models.CharField(max_length=64)),
                ("title", models.CharField(max_length=100)),
                ("text", models.TextField()),
                ("standing", models.CharField(max_length=16)),
                ("reason", models.CharField(max_length=400)),
                ("version", models.PositiveIntegerField()),
                ("submitted_by", models.CharField(max_length=64)),
                ("submitted_at", models.DateTimeField()),
                ("decided_by", models.CharField(max_length=64)),
            ],
            options={
                "indexes": [models.Index(fields=["year", "organisation"], name="case_year_organisation")],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("organisation", models.CharField(max_length=64)),
                ("year", models.PositiveSmallIntegerField()),
                ("origin", models.CharField(max_length=16)),
                ("finding", models.CharField(max_length=64)),
                ("indicator", models.CharField(max_length=64)),
                ("kind", models.CharField(max_length=16)),
                ("title", models.CharField(max_length=400)),
                ("owner", models.CharField(max_length=64)),
                ("due", models.DateField(null=True)),
                ("step", models.CharField(max_length=32)),
                ("version", models.PositiveIntegerField()),
                ("started", models.DateField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("origin", "finding"), name="one_task_of_a_finding")],
            },
        ),
        migrations.CreateModel(
            name="TaskDeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("step", models.CharField(max_length=32)),
                ("outcome", models.CharField(max_length=16)),
                ("choice", models.CharField(max_length=32)),
                ("role", models.CharField(max_length=32)),
                ("on", models.DateField()),
                ("text", models.TextField()),
                ("by", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=64)),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deeds", to="store.task"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="YearlyReport",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("level", models.CharField(max_length=16)),
                ("organisation", models.CharField(max_length=64)),
                ("year", models.PositiveSmallIntegerField()),
                ("standing", models.CharField(max_length=16)),
                ("version", models.PositiveIntegerField()),
                ("texts", models.JSONField(default=dict)),
                ("facts", models.JSONField(default=list)),
                ("digest", models.CharField(max_length=71)),
                ("written_by", models.CharField(max_length=64)),
                ("written_at", models.DateTimeField()),
                ("signed_by", models.CharField(max_length=64)),
                ("signed_name", models.CharField(max_length=64)),
                ("signed_on", models.DateField(null=True)),
                ("published_on", models.DateField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "year"), name="one_yearly_report_of_a_year")
                ],
            },
        ),
        migrations.CreateModel(
            name="YearlyReportFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ending", models.CharField(max_length=8)),
                ("content", models.BinaryField()),
                ("digest", models.CharField(max_length=71)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="store.yearlyreport"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="gradedmajor",
            constraint=models.UniqueConstraint(fields=("round", "organisation", "code"), name="one_entry_of_a_major"),
        ),
        migrations.AddConstraint(
            model_name="majorreview",
            constraint=models.UniqueConstraint(fields=("major", "reviewer", "number"), name="one_review_of_a_number"),
        ),
        migrations.AddConstraint(
            model_name="majorreview",
            constraint=models.UniqueConstraint(
                condition=models.Q(("current", True)), fields=("major", "reviewer"), name="one_current_review"
            ),
        ),
        migrations.AddConstraint(
            model_name="taskdeed",
            constraint=models.UniqueConstraint(fields=("task", "number"), name="one_deed_of_a_number"),
        ),
        migrations.AddConstraint(
            model_name="yearlyreportfile",
            constraint=models.UniqueConstraint(fields=("report", "ending"), name="one_file_of_a_kind"),
        ),
    ]
