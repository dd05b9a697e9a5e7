"""What is done with documents: each act in one place, for the admin, the import and the night alike."""
