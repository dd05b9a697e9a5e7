"""Brings a portal's past along: reads articles from files, cleans them, and writes them as pages."""
