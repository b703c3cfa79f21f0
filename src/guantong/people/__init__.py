"""People (人员): who may do what, where, on which day. Nothing is allowed unless a grant says so.

A right and its scope are asked for together: `person.scope(Right.READ_PUPIL, on=day)`. What comes
back is the whole of what a query may reach; where nothing may be reached, `NotAllowed` is raised.
"""

from guantong.people.grants import ANY, EVERY, Grant, Person, Reach, Scope, Standing, machine_operator, visitor
from guantong.people.rights import PURPOSEFUL, ROLE_RIGHTS, SIGNATURES, TIES, Door, Right, Role, Tie

__all__ = [
    "ANY",
    "EVERY",
    "PURPOSEFUL",
    "ROLE_RIGHTS",
    "SIGNATURES",
    "TIES",
    "Door",
    "Grant",
    "Person",
    "Reach",
    "Right",
    "Role",
    "Scope",
    "Standing",
    "Tie",
    "machine_operator",
    "visitor",
]
