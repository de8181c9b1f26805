"""The service on a port: HTTP, moto's services beside it, and what clients must be told.

``server`` puts everything together. ``protocol`` is the service's own HTTP without a socket, and
is used without one too, by ``cogid --local``.
"""
