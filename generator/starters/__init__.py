"""Files for people to begin with: empty workbooks, the next year's folder, workbooks with notes."""
