from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Lets an entry that waits for its place carry a seal of origin where its digest will stand."""

    dependencies = [("audit", "0001_audit_trail")]

    operations = [
        migrations.RemoveConstraint(model_name="auditentry", name="audit_entry_is_sealed_whole"),
        migrations.AddConstraint(
            model_name="auditentry",
            constraint=models.CheckConstraint(
                condition=Q(number__isnull=True, previous="")
                | (Q(number__gte=1) & ~Q(previous="") & ~Q(digest="")),
                name="audit_entry_is_sealed_whole",
            ),
        ),
    ]
