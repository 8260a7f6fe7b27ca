"""Any PDF file comes in; what it looks like goes out."""
