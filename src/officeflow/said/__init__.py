"""Results as Chinese sentences, for every front end alike; nothing here prints.

`result.lines` is the way in: findings grouped (`groups`), the answer of the use case (those about
documents in `documents`), one closing sentence.  The words are in `words.toml`; `mishaps` are findings
about the call or the machine.
"""
