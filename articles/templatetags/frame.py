"""The parts of the frame that are the same on every page, drawn once per process."""

from functools import cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
@cache
def frame(part: str) -> SafeString:
    """`templates/_<part>.html`, which takes nothing from the page it stands on."""
    return SafeString(render_to_string(f"_{part}.html"))
