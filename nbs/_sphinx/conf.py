"""Sphinx's settings for the site that build.py makes from the notebooks."""
project, author, copyright = 'headposelib', 'the headposelib team', '2026 onwards, the headposelib team'
extensions = ['myst_nb']
nb_execution_mode = 'off'                    # the notebooks are committed with their outputs
nb_merge_streams = True
myst_heading_anchors = 3
html_theme = 'sphinx_book_theme'
html_title = 'headposelib'
html_theme_options = dict(show_navbar_depth=1, show_toc_level=2, home_page_in_toc=True)
suppress_warnings = ['myst.header', 'mystnb.unknown_mime_type', 'misc.highlighting_failure', 'myst.xref_missing']
