"""Chinese text as data: what people type into cells, and how values are printed.

Why one layer: reading (`numbers`, `dates`, `words`) and printing (`formats`) are inverse, share the
numerals, hedges and units, and are tested against each other.  Messages are
here too, because a finding is a sentence around such values.  Modules are
imported by name; nothing is re-exported, so a click pays only for what it uses.
"""
