"""Lets ``python -m ingest`` run the command."""

import sys

from ingest.command import main

sys.exit(main())
