"""From a report's Markdown, a genre's frame and an office's profile to a Word template."""
