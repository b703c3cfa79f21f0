"""Lists of pupils by project: the indexes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Lists of pupils by project: the indexes."""

    dependencies = [
        ("store", "0010_quality_loop"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="pupil",
            index=models.Index(fields=["kept_at", "project", "class_name"], name="pupil_kept_project"),
        ),
        migrations.AddIndex(
            model_name="pupil",
            index=models.Index(
                condition=models.Q(("kept_at", models.F("taught_at")), _negated=True),
                fields=["taught_at", "project", "class_name"],
                name="pupil_taught_elsewhere_project",
            ),
        ),
    ]
