from django.db import migrations

import core.fields


class Migration(migrations.Migration):
    dependencies = [("legal_docs", "0005_number_and_form_are_of_one_document")]

    operations = [
        migrations.AlterField(
            "legaldocument", "abstract", core.fields.TextField(max_length=2000, verbose_name="abstract")
        )
    ]
