"""The lists of documents on each portal: what narrows them, how many there are, which rows a page shows."""
