"""Any Word file comes in; what it looks like goes out."""
