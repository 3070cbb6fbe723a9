"""
Questions in plain words, answered with passages of approved texts and with nothing else.

`cutting` makes passages of a text, `meaning` vectors of words, `kept` holds both in the
database, with the search entry of the text. `answering.answer` finds what is near to a
question, joins it with what full-text search finds, and says so when nothing is good
enough. `emergencies` and `personal` look at the question itself,
`alike` at whether two of them ask the same.
"""
