"""Screens of documents in the admin, beside those that Wagtail makes of the viewset."""
