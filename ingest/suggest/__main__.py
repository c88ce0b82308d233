"""Lets ``python -m ingest.suggest`` run the command."""

import sys

from ingest.suggest.command import main

sys.exit(main())
