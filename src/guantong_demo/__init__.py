"""The contents of the demonstration (演示市): an invented city, so that nobody real is ever shown."""
