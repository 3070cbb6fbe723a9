"""
The same content for machines: in the head of a page, and in files beside it.

Pure, as the pages are: a text and the facts about it go in. What a fact does not prove
is not said, in any format.
"""
