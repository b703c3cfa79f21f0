"""A contents package that is as small as one can be: one school, one university, two rows, one route, one rule."""
