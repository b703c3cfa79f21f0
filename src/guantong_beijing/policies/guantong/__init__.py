"""The rulebook of 贯通培养: who may apply, move on, repeat, change, resume, leave; registration and certificates."""
