"""The acts of editorial work: each checks its right, does everything in one transaction, and logs it."""
