"""Screens of editorial work; each asks the rights, shows, and calls one act."""
