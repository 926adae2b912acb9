"""`python -m officeflow` is the command line."""

import sys

from officeflow.cli import main

sys.exit(main())
