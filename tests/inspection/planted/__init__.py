"""Files that the project's own writers did not make, clean ones and ones with planted defects, for the inspector."""
