"""收费与资助: what the sources state of fees, reliefs and grants; nothing of it can be computed yet."""
