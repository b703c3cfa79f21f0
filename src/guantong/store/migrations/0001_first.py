"""The first tables of the store, our own user model among them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Make every table."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("login", models.CharField(max_length=64, unique=True)),
                ("name", models.CharField(max_length=64)),
                ("is_active", models.BooleanField(default=True)),
                ("second_factor", models.BinaryField()),
                ("last_step", models.BigIntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=64)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="JournalHead",
            fields=[
                ("id", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("count", models.BigIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("key", models.CharField(max_length=16)),
                ("keys_version", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=128)),
                ("kind", models.CharField(max_length=32)),
                ("entered_at", models.DateTimeField()),
                ("entered_by", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Pupil",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("cohort", models.PositiveSmallIntegerField()),
                ("class_year", models.PositiveSmallIntegerField()),
                ("project", models.CharField(max_length=128)),
                ("kind", models.CharField(max_length=32)),
                ("major", models.CharField(max_length=64)),
                ("class_name", models.CharField(max_length=64)),
                ("taught_at", models.CharField(max_length=64)),
                ("registered_at", models.CharField(max_length=64)),
                ("kept_at", models.CharField(max_length=64)),
                ("stage", models.CharField(max_length=16)),
                ("status", models.CharField(max_length=32)),
                ("in_project", models.BooleanField()),
                ("version", models.PositiveIntegerField()),
                ("state", models.CharField(max_length=64)),
                ("pending", models.PositiveSmallIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.CharField(max_length=71, primary_key=True, serialize=False)),
                ("decision", models.CharField(max_length=64)),
                ("answer", models.CharField(max_length=64)),
                ("rulebook", models.CharField(max_length=80)),
                ("clauses", models.JSONField(default=list)),
                ("missing", models.JSONField(default=list)),
                ("body", models.BinaryField()),
                ("salt", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="StageKept",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("project", models.CharField(max_length=128)),
                ("stage", models.CharField(max_length=16)),
                ("kept_at", models.CharField(max_length=64)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Supervision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                ("document", models.CharField(max_length=256)),
                ("entered_by", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Token",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("purpose", models.CharField(max_length=32)),
                ("account", models.CharField(max_length=64)),
                ("issued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="World",
            fields=[
                ("id", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=16)),
                ("contents", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=32)),
                ("effective_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("standing", models.CharField(max_length=16)),
                ("outcome", models.CharField(max_length=16)),
                ("details", models.BinaryField()),
                ("recorded_by", models.CharField(max_length=64)),
                ("confirmed_by", models.CharField(max_length=64)),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "reverses",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="store.event",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=32)),
                ("size", models.PositiveIntegerField()),
                ("body", models.BinaryField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=64)),
                (
                    "event",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="store.event",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=32)),
                ("organisation", models.CharField(max_length=64)),
                ("projects", models.JSONField(default=list)),
                ("stages", models.JSONField(default=list)),
                ("classes", models.JSONField(default=list)),
                ("sections", models.JSONField(default=list)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                ("given_at", models.DateTimeField()),
                ("given_by", models.CharField(max_length=64)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="grants", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="JournalEntry",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(max_length=64)),
                ("door", models.CharField(max_length=8)),
                ("account", models.CharField(max_length=64)),
                ("action", models.TextField()),
                ("subject", models.CharField(max_length=64)),
                ("purpose", models.CharField(max_length=32)),
                ("fields", models.JSONField(default=dict)),
                ("listed", models.PositiveIntegerField()),
                ("index", models.CharField(max_length=64)),
                ("key", models.CharField(max_length=16)),
                ("previous", models.CharField(max_length=64)),
                ("code", models.CharField(max_length=64)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["subject", "number"], name="journal_subject"),
                    models.Index(fields=["actor", "number"], name="journal_actor"),
                ],
            },
        ),
        migrations.CreateModel(
            name="JournalIndex",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("entry", models.BigIntegerField()),
                ("pupil", models.CharField(max_length=32)),
            ],
            options={
                "indexes": [models.Index(fields=["pupil", "entry"], name="index_pupil")],
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "pupil"), name="one_index_row_of_a_pupil_in_an_entry")
                ],
            },
        ),
        migrations.CreateModel(
            name="KeyName",
            fields=[
                ("id", models.CharField(max_length=16, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=16)),
                ("fingerprint", models.CharField(max_length=64)),
                ("current", models.BooleanField()),
                ("since", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)), fields=("kind",), name="one_current_key_of_a_kind"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="user",
            name="organisation",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="users", to="store.organisation"
            ),
        ),
        migrations.CreateModel(
            name="Personal",
            fields=[
                (
                    "pupil",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="personal",
                        serialize=False,
                        to="store.pupil",
                    ),
                ),
                ("name", models.CharField(max_length=64)),
                ("student_number", models.CharField(max_length=32)),
                ("birth_month", models.CharField(max_length=7)),
                ("identity", models.BinaryField()),
                ("identity_lookup", models.CharField(max_length=64, null=True)),
                ("phone", models.BinaryField()),
                ("address", models.BinaryField()),
                ("guardian", models.BinaryField()),
                ("consent", models.CharField(max_length=128)),
                ("digest_key", models.BinaryField()),
                ("present", models.BooleanField()),
            ],
        ),
        migrations.AddIndex(
            model_name="pupil",
            index=models.Index(fields=["kept_at", "cohort", "class_name", "id"], name="pupil_kept"),
        ),
        migrations.AddIndex(
            model_name="pupil",
            index=models.Index(
                condition=models.Q(("kept_at", models.F("taught_at")), _negated=True),
                fields=["taught_at", "cohort", "class_name", "id"],
                name="pupil_taught_elsewhere",
            ),
        ),
        migrations.AddIndex(
            model_name="pupil",
            index=models.Index(fields=["project", "cohort"], name="pupil_project"),
        ),
        migrations.AddField(
            model_name="event",
            name="pupil",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="events", to="store.pupil"
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="pupil",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="attachments", to="store.pupil"
            ),
        ),
        migrations.AddField(
            model_name="receipt",
            name="pupil",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="receipts", to="store.pupil"
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="receipt",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="events", to="store.receipt"
            ),
        ),
        migrations.AddField(
            model_name="stagekept",
            name="pupil",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="stages_kept", to="store.pupil"
            ),
        ),
        migrations.AddField(
            model_name="supervision",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="supervisions", to="store.organisation"
            ),
        ),
        migrations.AddField(
            model_name="supervision",
            name="supervisor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="supervises", to="store.organisation"
            ),
        ),
        migrations.AddField(
            model_name="token",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="tokens", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddIndex(
            model_name="personal",
            index=models.Index(fields=["student_number"], name="personal_student_number"),
        ),
        migrations.AddIndex(
            model_name="personal",
            index=models.Index(fields=["name"], name="personal_name"),
        ),
        migrations.AddConstraint(
            model_name="personal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("present", True)),
                fields=("identity_lookup",),
                name="one_present_pupil_of_an_identity",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["outcome", "kind", "effective_on"], name="event_outcome"),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(fields=("pupil", "number"), name="one_event_of_a_number"),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "applied")), fields=("reverses",), name="reversed_at_most_once"
            ),
        ),
        migrations.AddIndex(
            model_name="stagekept",
            index=models.Index(fields=["kept_at", "until"], name="stage_kept_at"),
        ),
    ]
