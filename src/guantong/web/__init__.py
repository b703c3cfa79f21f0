"""The public web desk (网页): server-rendered Chinese pages without any database.

A page is made by one plain function in `pages`; `respond` renders it as HTML or as its JSON twin.
"""
