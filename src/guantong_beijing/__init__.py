"""The contents for Beijing (内容包): documents, institutions, plans, routes and rulebooks. No SQL, no HTML."""
