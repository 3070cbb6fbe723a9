"""What the library calls itself to machines."""

NAME = "Imprimatur"
DESCRIPTION = "Medical answers, and who stands behind them"
LANGUAGE = "en"
