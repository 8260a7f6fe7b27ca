"""How fast this program is beside others that make the same papers; `make bench` writes docs/benchmarks.md.

No part of the program, and of no wheel: the peers come from requirements/bench.txt into an environment of
their own. `benchmarks.ours` knows pipeline and writers, `benchmarks.plain` the tree; the rest knows neither.
"""
