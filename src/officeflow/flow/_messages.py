"""What the use cases themselves have to say."""

from __future__ import annotations

from officeflow.text.messages import Catalogue

MESSAGES = Catalogue.beside(__file__)
