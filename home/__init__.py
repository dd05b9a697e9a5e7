"""What citizens see first: portal homes, sections and news."""
