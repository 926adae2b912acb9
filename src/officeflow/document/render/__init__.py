"""From a compiled template and values to a finished document, and templates checked before there are any."""
