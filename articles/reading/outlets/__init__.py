"""
What programs ask the library as a whole: what there is, what is new, what changed.

Every answer is made from the rows of current publications, in a fixed number of
queries, and carries its own hash: who has it already is told so.
"""
