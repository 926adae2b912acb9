"""What a tag may say and reckon: its text, figures in expressions, the sandboxes, their limits, recipes."""
