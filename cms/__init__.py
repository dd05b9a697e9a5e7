"""The project: settings, addresses and what all pages share. Knows every app; no app knows it."""
