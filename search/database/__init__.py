"""The engine on the database in use (SQLite's FTS5, PostgreSQL's full text), and what is shown of found things."""
