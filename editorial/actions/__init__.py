"""The public verbs: everything anybody can do, one function each."""
