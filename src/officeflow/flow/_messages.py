"""What the use cases themselves have to say."""

from __future__ import annotations

from officeflow.text.messages import Catalogue

MESSAGES = Catalogue.beside(__file__)
TEMPLATES = Catalogue.beside(__file__, "template_messages.toml")
"""What is said of templates, and of the values they are filled with."""
