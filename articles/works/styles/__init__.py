"""
A citation processor, with its style files beside this one.

No page asks it yet: tests hold the house's AMA against it.
"""
