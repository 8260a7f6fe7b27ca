"""Fuzzing: what each reader makes of inputs that nobody would write (`make fuzz`, and a short run in the suite)."""
