"""The former name of `parts.Parts`, for document/ until it is ported."""

from officeflow.ooxml.parts import OFFICE, Parts, Relation

Patch = Parts

__all__ = ["OFFICE", "Patch", "Relation"]
