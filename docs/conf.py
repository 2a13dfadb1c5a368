"""How the documentation is built; a warning is an error (tools/dev.py docs)."""

import sys
from importlib.metadata import version as version_of
from pathlib import Path

_here = Path(__file__).resolve().parent
sys.path.insert(0, str(_here))

from generate import write_pages  # noqa: E402 - the module beside this file

write_pages(_here / "reference" / "generated")

project = "almenstyring"
author = "the almenstyring contributors"
copyright = author
version = release = version_of("almenstyring")

extensions = ["myst_parser", "sphinx.ext.autodoc"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build", "adr/template.md"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
nitpicky = False

autodoc_member_order = "bysource"
autodoc_typehints = "description"

html_theme = "alabaster"
html_theme_options = {"description": "Styringsdialogen as a library", "show_powered_by": False}
