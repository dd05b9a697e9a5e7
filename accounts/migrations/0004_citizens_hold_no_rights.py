from django.db import migrations

# What a check constraint cannot say, because it reads another table. PostgreSQL alone: SQLite rebuilds a table for each
# later change of it, and triggers that name the table stand in the way; there the guards of the program must do.
FUNCTIONS = """
CREATE FUNCTION accounts_citizen_gets_no_right() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM accounts_user WHERE id = NEW.user_id AND kind = 'citizen') THEN
        RAISE EXCEPTION 'a citizen''s account has no staff rights' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION accounts_holder_of_rights_is_no_citizen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.kind = 'citizen' AND (
        EXISTS (SELECT 1 FROM accounts_user_groups WHERE user_id = NEW.id)
        OR EXISTS (SELECT 1 FROM accounts_user_user_permissions WHERE user_id = NEW.id)
    ) THEN
        RAISE EXCEPTION 'a citizen''s account has no staff rights' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER citizen_is_in_no_group BEFORE INSERT OR UPDATE ON accounts_user_groups
    FOR EACH ROW EXECUTE FUNCTION accounts_citizen_gets_no_right();
CREATE TRIGGER citizen_has_no_permission BEFORE INSERT OR UPDATE ON accounts_user_user_permissions
    FOR EACH ROW EXECUTE FUNCTION accounts_citizen_gets_no_right();
CREATE TRIGGER holder_of_rights_is_no_citizen BEFORE UPDATE ON accounts_user
    FOR EACH ROW EXECUTE FUNCTION accounts_holder_of_rights_is_no_citizen();
"""
BACK = """
DROP TRIGGER holder_of_rights_is_no_citizen ON accounts_user;
DROP TRIGGER citizen_has_no_permission ON accounts_user_user_permissions;
DROP TRIGGER citizen_is_in_no_group ON accounts_user_groups;
DROP FUNCTION accounts_holder_of_rights_is_no_citizen();
DROP FUNCTION accounts_citizen_gets_no_right();
"""


def _run(sql):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == 'postgresql':
            schema_editor.execute(sql, params=None)

    return run


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_attempts'),
    ]

    operations = [
        migrations.RunPython(_run(FUNCTIONS), _run(BACK)),
    ]
