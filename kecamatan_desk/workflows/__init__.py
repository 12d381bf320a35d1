"""The SOPs of the office as data, and the one rule that moves a request along them."""
