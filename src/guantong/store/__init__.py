"""The store (存储): the only place where what people enter is kept.

Queries take the viewer's `Scope` and put it into the SQL; models never leave this package, which
hands out frozen objects. Transactions and rights belong to `guantong.actions`.
"""
