"""Public screens: what is read, listed, compared and fetched."""
