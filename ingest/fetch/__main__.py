"""Lets ``python -m ingest.fetch`` run the command."""

import sys

from ingest.fetch.command import main

sys.exit(main())
