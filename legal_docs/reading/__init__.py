"""Reads files (Word, PDF, scans, plain text) to blocks, in a process of its own with bounds."""
