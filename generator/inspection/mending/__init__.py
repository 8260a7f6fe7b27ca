"""A Word file and verdicts come in; a copy with comments, or mended, goes out."""
