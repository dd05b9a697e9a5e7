from django.db import migrations, models


class Migration(migrations.Migration):
    """Cannot be undone where a law and a resolution of one number have come in: the rule of before has no room for them."""

    dependencies = [("legal_docs", "0004_fill_forms_beside_numbers")]

    operations = [
        migrations.RemoveConstraint("legaldocument", "number_is_of_one_document"),
        migrations.AddConstraint(
            "legaldocument",
            models.UniqueConstraint(
                fields=("issuer", "number_key", "year", "number_form"), name="number_and_form_are_of_one_document"
            ),
        ),
    ]
