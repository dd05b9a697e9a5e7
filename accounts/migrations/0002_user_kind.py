from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        migrations.AlterModelManagers(
            name='user',
            managers=[
            ],
        ),
        migrations.AddField(
            model_name='user',
            name='kind',
            field=models.CharField(choices=[('staff', 'staff'), ('citizen', 'citizen')], default='staff', max_length=10, verbose_name='kind of account'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'citizen'), _negated=True), models.Q(('is_staff', False), ('is_superuser', False)), _connector='OR'), name='citizen_is_never_staff', violation_error_message="A citizen's account has no staff rights."),
        ),
    ]
