"""Written documents read back: do they say what the tree says?"""
