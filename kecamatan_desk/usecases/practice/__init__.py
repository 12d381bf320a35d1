"""Makes the invented office people practise in: its staff, its applicants, its days at work.

Everything is done through use-cases, under a clock that runs through the office hours of the
weeks before; nothing writes to the tables directly.
"""
