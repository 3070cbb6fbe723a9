"""
A site of Wagtail's with the same article, run in an environment of its own.

As its project template sets it up, with what a house would add: a connection that
stays, and, where RIVAL_CACHE names a Redis, Django's cache of whole pages.
"""
