"""The service itself, without HTTP, moto or files: parameters and transactions in, answers out.

``operations`` is where a call begins. Each operation lives with what it is about: ``pools``,
``identities``, ``developers`` (users whom the pool's owner vouches for), ``roles``, ``tags`` and
``principal_tags``; those that anyone may call, unsigned, are in ``public``.
"""
