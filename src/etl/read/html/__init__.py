"""HTML pages: bytes to text, text to rendered lines with hints, and what the markup states about the page."""

from etl.read.html.decoding import decode_html
from etl.read.html.metadata import metadata
from etl.read.html.rendering import rendered_lines

__all__ = ["decode_html", "metadata", "rendered_lines"]
