"""What the public reads of a document: found in few queries, told in words, and never anything that is not public."""
