"""From a Word template to a program: tags found, healed, checked and compiled once."""
