"""Forms in which others take a legal document: Akoma Ntoso 3.0 and JSON-LD."""
