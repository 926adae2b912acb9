"""Results as Chinese sentences, for every front end alike; nothing here prints.

`result.lines` is the way in: findings grouped (`groups`), the answer of the use case (`documents`,
`chains`), one closing sentence; the words are in `words.toml`.
"""
