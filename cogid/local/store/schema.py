"""The tables of the state file, as the steps that lead from each version to the next.

Version N of a file has had the first N steps. A released step is never edited: a change is a
new step at the end.

A login belongs to one identity (the UNIQUE below), so no mistake elsewhere can share one. Rows
are numbered and a number is never given out again (AUTOINCREMENT), which is what lets a page
go on after the last row seen, whatever was added or deleted in between.
"""

from __future__ import annotations

# "cogi" in ASCII: tells our files from other SQLite files.
APPLICATION_ID = 0x636F6769

MIGRATIONS: list[tuple[str, ...]] = [
    (
        # settings, tags, roles and role_mappings are JSON: always read and replaced whole
        """
        CREATE TABLE pools (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            region TEXT NOT NULL,
            name TEXT NOT NULL,
            settings TEXT NOT NULL,
            tags TEXT NOT NULL DEFAULT '{}',
            roles TEXT NOT NULL DEFAULT '{}',
            role_mappings TEXT NOT NULL DEFAULT '{}'
        )
        """,
        "CREATE INDEX pools_of_a_region ON pools (region, number)",
        """
        CREATE TABLE principal_tags (
            pool INTEGER NOT NULL REFERENCES pools (number) ON DELETE CASCADE,
            provider TEXT NOT NULL,
            use_defaults INTEGER NOT NULL,
            tags TEXT NOT NULL,
            PRIMARY KEY (pool, provider)
        ) WITHOUT ROWID
        """,
        # created and modified are milliseconds since the epoch; merged_into is the identity
        # that took over the logins of a disabled one
        """
        CREATE TABLE identities (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            pool INTEGER NOT NULL REFERENCES pools (number) ON DELETE CASCADE,
            created INTEGER NOT NULL,
            modified INTEGER NOT NULL,
            authenticated INTEGER NOT NULL,
            disabled INTEGER NOT NULL DEFAULT 0,
            merged_into INTEGER REFERENCES identities (number) ON DELETE SET NULL
        )
        """,
        "CREATE INDEX identities_of_a_pool ON identities (pool, number)",
        "CREATE INDEX enabled_identities ON identities (pool, number) WHERE disabled = 0",
        "CREATE INDEX merged_identities ON identities (merged_into)",
        # subject is the user at the provider: a JWT's sub, a developer's user identifier, or
        # the hash of a token that cannot be read; never a token
        """
        CREATE TABLE logins (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            pool INTEGER NOT NULL REFERENCES pools (number) ON DELETE CASCADE,
            identity INTEGER NOT NULL REFERENCES identities (number) ON DELETE CASCADE,
            developer INTEGER NOT NULL,
            provider TEXT NOT NULL,
            subject TEXT NOT NULL,
            UNIQUE (pool, developer, provider, subject)
        )
        """,
        "CREATE INDEX logins_of_an_identity ON logins (identity, developer, number)",
        "CREATE TABLE signing_keys (region TEXT PRIMARY KEY, jwk TEXT NOT NULL) WITHOUT ROWID",
    ),
]
