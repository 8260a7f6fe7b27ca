"""Sign a PDF file, take it back, check it: places, keys and bytes come in; bytes and verdicts go out.

The only door to pyHanko; imported only by who signs, for it is slow to load.
"""
