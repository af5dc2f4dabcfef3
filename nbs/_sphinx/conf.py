"""Sphinx's settings for the site that build.py makes from the notebooks. No warning is suppressed."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
project, author, copyright = 'headposelib', 'the headposelib team', '2026 onwards, the headposelib team'
extensions = ['myst_nb', 'extension']
nitpicky = True
smartquotes_action = 'qe'                     # `--help` keeps its two dashes
nb_execution_mode = 'off'                    # the notebooks are committed with their outputs
nb_merge_streams = True
nb_render_markdown_format = 'myst'           # tables in outputs become tables
nb_ipywidgets_js = {}                        # nothing comes from other hosts
nb_number_source_lines = False
nb_code_prompt_show = 'Show the code'
nb_code_prompt_hide = 'Hide the code'
myst_enable_extensions = ['attrs_inline', 'dollarmath']
myst_heading_anchors = 4
myst_heading_slug_func = 'extension.slug'
html_theme = 'sphinx_book_theme'
html_title = 'headposelib'
html_static_path = ['static']
html_favicon = 'static/favicon.svg'
html_css_files = ['site.css']
html_copy_source = False
html_math_renderer = 'mathml'
html_context = dict(default_mode='light')
html_sidebars = {'**': ['sbt-sidebar-nav.html']}
html_theme_options = dict(
    home_page_in_toc=True, show_navbar_depth=1, show_toc_level=2,
    use_download_button=False, use_fullscreen_button=False,
    navbar_start=['navbar-logo'], navbar_persistent=['search-button-field'], icon_links=[])
