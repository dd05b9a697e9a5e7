"""Finding things on one portal or in the whole province."""
