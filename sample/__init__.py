"""A fictional district's office: writes the spreadsheets of two years as a committee keeps them.

Nothing else imports this package, and it imports nothing of the program; the two meet only in the
files.
"""
