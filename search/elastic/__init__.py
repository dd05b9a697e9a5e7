"""The engine on Elasticsearch 8; no other room knows it."""
