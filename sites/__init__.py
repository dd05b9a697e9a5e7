"""Agencies, their portals, and who may edit what."""
