"""Demo content: a province that looks alive, made from one seed and copied from nowhere (`manage.py seed_demo`)."""
