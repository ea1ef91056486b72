"""The page: `python app.py` serves it (the same as `rag ui`; options as there)."""

import sys

from rag.cli import main

if __name__ == "__main__":
    sys.argv.insert(1, "ui")
    main()
