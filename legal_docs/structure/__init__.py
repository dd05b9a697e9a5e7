"""From the lines of a document to its parts, chapters, articles, clauses and points, each with its address."""
