#!/usr/bin/env python
import os
import sys

from django.core.management import execute_from_command_line

from config import env, patience


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    with env.one_sentence(), patience.long_statements():
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
