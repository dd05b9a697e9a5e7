from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("legal_docs", "0002_reading_jobs")]

    operations = [
        migrations.AddField("legaldocument", "number_form", models.CharField(blank=True, editable=False, max_length=40)),
        migrations.AddField("citation", "said_form", models.CharField(blank=True, max_length=40)),
    ]
