from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_user_kind'),
    ]

    operations = [
        migrations.CreateModel(
            name='AttemptCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('password_account', 'passwords for an account from unknown devices'), ('password_device', 'passwords for an account from a known device'), ('password_network', 'passwords from a network'), ('code_account', 'codes for an account from unknown devices'), ('code_device', 'codes for an account from a known device'), ('reset_account', 'mails about a forgotten password to an account')], max_length=20, verbose_name='kind')),
                ('key', models.CharField(max_length=64, verbose_name='key')),
                ('failures', models.PositiveIntegerField(default=0, verbose_name='failures')),
                ('last_at', models.DateTimeField(verbose_name='last attempt at')),
                ('blocked_until', models.DateTimeField(blank=True, null=True, verbose_name='blocked until')),
            ],
            options={
                'verbose_name': 'counter of attempts',
                'verbose_name_plural': 'counters of attempts',
            },
        ),
        migrations.AddIndex(
            model_name='attemptcounter',
            index=models.Index(fields=['last_at'], name='attempts_by_age'),
        ),
        migrations.AddConstraint(
            model_name='attemptcounter',
            constraint=models.UniqueConstraint(fields=('kind', 'key'), name='attempts_are_counted_once'),
        ),
    ]
