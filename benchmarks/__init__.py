"""Figures that anyone can measure again: `make bench`."""
