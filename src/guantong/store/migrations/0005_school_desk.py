"""The school's table of similar majors, and work put aside for an hour."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two new tables."""

    dependencies = [
        ("store", "0004_sitting_terms"),
    ]

    operations = [
        migrations.CreateModel(
            name="PutAside",
            fields=[
                ("id", models.CharField(max_length=43, primary_key=True, serialize=False)),
                ("person", models.CharField(max_length=64)),
                ("kind", models.CharField(max_length=16)),
                ("body", models.BinaryField()),
                ("until", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["until"], name="put_aside_until")],
            },
        ),
        migrations.CreateModel(
            name="SimilarMajor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("school", models.CharField(max_length=64)),
                ("first", models.CharField(max_length=64)),
                ("second", models.CharField(max_length=64)),
                ("document", models.CharField(max_length=200)),
                ("entered_at", models.DateTimeField()),
                ("entered_by", models.CharField(max_length=64)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("school", "first", "second"), name="one_pair_of_similar_majors")
                ],
            },
        ),
    ]
