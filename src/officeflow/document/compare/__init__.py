"""Two documents held against each other, and a returned one bound again."""
