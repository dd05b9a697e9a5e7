"""What is done for a search: outbox, indexing, rebuilding, checking, answering, words, saved searches."""
