"""Template tags of the web desk."""
