"""WordprocessingML itself: names, text, runs, tracked changes, charts, parts and their relations; nothing of figures or templates."""
