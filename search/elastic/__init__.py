"""The engine on Elasticsearch 8: it finds and ranks; what is found is shown from the database's index."""
