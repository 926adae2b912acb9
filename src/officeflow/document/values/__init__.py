"""What values of a template bring with them: formatted text, pictures, documents."""
