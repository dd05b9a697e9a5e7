"""The engine on the database in use: SQLite's FTS5, or the full text of PostgreSQL."""
