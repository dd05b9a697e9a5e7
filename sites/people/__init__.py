"""The people and groups of an agency, as its administrator keeps them in the admin."""
