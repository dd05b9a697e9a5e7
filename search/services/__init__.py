"""What is done for a search: outbox, indexing, answering, words, saved searches."""
