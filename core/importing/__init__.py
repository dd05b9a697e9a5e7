"""What every import of a list has in common: how a row is refused, lines of JSON, text in fields, the row report."""
