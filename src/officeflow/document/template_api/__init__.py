"""`officeflow.Template`, for programs that use docxtpl today: its dialect, its values, its public names.  Frozen.

No report of a kit needs anything in here, and the engine below knows nothing of it: what these
templates do otherwise is handed down as a dialect, a sandbox and a printer.  It is kept working and
compatible (tests/compat runs docxtpl beside it) and does not grow: new things belong to the engine.

In the order things happen: `template` (the public class) → `dialect` (what tags mean; `spanning`, `joining`,
`cells`, `elsewhere`, `regions`, `surroundings` prepare a part) → `sandbox`, `bounded_filters` (what
expressions may do) → `rendering`, `printing`, `fragments`, `guards` (a pass over the program) →
`finishing` (the document).  Values that are printed: `rich_text`, `inline_image`, `subdocument` (`merging`,
`merged_styles`), `adopting` (docxtpl's own objects), `replacing` (pictures and files exchanged on saving).
"""
