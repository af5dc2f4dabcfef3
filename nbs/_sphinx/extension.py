"""What Sphinx lacks for this site: formulas without a script, and nbdev's anchors."""
import re

from docutils.nodes import SkipNode
from docutils.utils.math.latex2mathml import tex2mathml
from myst_parser.slugs import github_slugify


def slug(title):
    "`Tracker.__call__` is found under nbdev's anchor for it, other headings under GitHub's."
    return title.lower() if re.fullmatch(r'[A-Za-z_][\w.]*', title) else github_slugify(title)


def write_math(as_block):
    "A writer of formulas as MathML, which browsers show by themselves."
    def visit(translator, node):
        translator.body.append(tex2mathml(node.astext(), as_block=as_block))
        raise SkipNode
    return visit, None


def setup(app):
    app.add_html_math_renderer('mathml', write_math(False), write_math(True))
    return dict(parallel_read_safe=True, parallel_write_safe=True)
