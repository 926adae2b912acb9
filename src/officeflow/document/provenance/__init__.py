"""What a document says of its figures: the bookmarks, the record, how it travels, and how a figure stands."""
