"""What the service remembers: a SQLite file, and where it is.

``database`` opens it, ``transaction`` is all that operations see of it. Knows nothing of pools or
identities beyond the tables in ``schema``, and nothing of who asks.
"""
