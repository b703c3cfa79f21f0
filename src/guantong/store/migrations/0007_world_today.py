"""The day that a demonstration was made for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The day that a demonstration was made for."""

    dependencies = [
        ("store", "0006_project_reports"),
    ]

    operations = [
        migrations.AddField(
            model_name="world",
            name="today",
            field=models.DateField(null=True),
        ),
    ]
