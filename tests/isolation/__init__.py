"""Proof that no agency comes near another's: every address of the admin, as everybody, with others' objects."""
