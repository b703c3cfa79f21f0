"""Pathways (路径): which ways lie open to which certificate, by the law of one's own year."""
