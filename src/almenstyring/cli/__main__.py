"""``python -m almenstyring.cli``."""

from almenstyring.cli import main

main()
