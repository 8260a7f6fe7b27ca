"""Many conferences at once: on all cores of a machine, or on a cluster (decision 0018)."""
