"""The work desk (工作台): pages for those who sign in, under `/desk/`; every entry of theirs goes through actions.

An area is a module of page functions with its tuple `addresses`; `urls` lists the areas. `door` lets a
request in (size, store, session, CSRF), `session` knows who is there, `respond` renders what a page returns.
"""
