"""The registry of legal documents: their text as a structure, what is in force, and who cites whom."""
