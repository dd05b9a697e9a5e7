from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agency_sites', '0006_libraries'),
    ]

    operations = [
        migrations.AddField(
            model_name='agency',
            name='portal_form',
            field=models.CharField(default='', editable=False, max_length=64),
        ),
    ]
