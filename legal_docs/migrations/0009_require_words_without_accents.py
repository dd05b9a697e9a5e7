from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('legal_docs', '0008_fill_words_without_accents'),
    ]

    operations = [
        migrations.AlterField(
            model_name='legaldocument',
            name='folded_words',
            field=models.TextField(editable=False),
        ),
    ]
