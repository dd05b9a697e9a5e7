"""What pages, feeds and tables show of an answer; templates ask for nothing else."""
