"""Our own files read back: do they say what the tree says?"""
