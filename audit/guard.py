"""Triggers of the database that refuse to change or delete an entry: a second guard, with the chain as the proof.

Whoever owns the database can take them away; the chain then shows what was done meanwhile. They are set after every
migration, because SQLite loses a table's triggers whenever Django builds the table anew. An entry that waits for its
place in the chain may be given one, and nothing else may happen to it.
"""

from django.db import connections, transaction

from .models import AuditEntry

TABLE = AuditEntry._meta.db_table
_SEAL = ("number", "previous", "digest")
_REFUSAL = "The audit trail is only added to."
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION audit_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.number IS NULL AND to_jsonb(NEW) - '{{{",".join(_SEAL)}}}'::text[]
                                = to_jsonb(OLD) - '{{{",".join(_SEAL)}}}'::text[] THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'restrict_violation';
END $$
"""
_TRIGGERS = {
    "postgresql": {
        "audit_entry_stays": f"BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION audit_entry_stays()",
        "audit_trail_stays": f"BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_stays()",
    },
    "sqlite": {
        "audit_entry_stays": f"BEFORE UPDATE ON {TABLE} WHEN OLD.number IS NOT NULL OR {{changed}}"
        f" BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
        "audit_trail_stays": f"BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
    },
}


def set_guard(using: str = "default") -> None:
    """Put the triggers in their place, whether they were there or not."""
    connection = connections[using]
    with transaction.atomic(using), connection.cursor() as cursor:
        lift_guard(using)
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        columns = [field.column for field in AuditEntry._meta.concrete_fields if field.column not in _SEAL]
        changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
        for name, what in _TRIGGERS[connection.vendor].items():
            cursor.execute(f"CREATE TRIGGER {name} {what.format(changed=changed)}")


def lift_guard(using: str = "default") -> None:
    """Take the triggers away; the program never does, tests do what a forger could do."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name in _TRIGGERS[connection.vendor]:
            table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{table}")


def is_guarded(using: str = "default") -> bool:
    """Say whether all triggers are there and switched on."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        # "D" is a trigger that ALTER TABLE … DISABLE TRIGGER has switched off.
        query = "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled <> 'D'"
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
    with connection.cursor() as cursor:
        cursor.execute(query, [TABLE])
        return set(_TRIGGERS[connection.vendor]) <= {name for (name,) in cursor.fetchall()}


def guard_after_migrating(using, **kwargs) -> None:
    """Hear post_migrate; the table may not be there yet, or no longer."""
    if TABLE in connections[using].introspection.table_names() and not is_guarded(using):
        set_guard(using)
