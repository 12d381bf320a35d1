"""Rules and words of the office. Standard library only."""
