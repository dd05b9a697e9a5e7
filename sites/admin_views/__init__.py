"""Views of Wagtail's admin that the house replaces, because they have no point at which to keep them to one agency.

docs/isolation.md lists them with the reason for each.
"""
