"""What the library calls itself to machines."""

NAME = "Imprimatur"
LANGUAGE = "en"
