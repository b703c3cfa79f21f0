"""Codes by which a family reads its own record."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Codes by which a family reads its own record."""

    dependencies = [
        ("store", "0007_world_today"),
    ]

    operations = [
        migrations.CreateModel(
            name="FamilyCode",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("reader", models.CharField(max_length=16)),
                ("issued_at", models.DateTimeField()),
                ("issued_by", models.CharField(max_length=64)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="family_codes", to="store.personal"
                    ),
                ),
            ],
        ),
    ]
