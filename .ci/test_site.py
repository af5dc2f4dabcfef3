"""The documentation site: built with warnings as errors, then every page is read, and a dozen opened in a browser."""
import os
import re
import subprocess
import sys
from collections import Counter
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urldefrag, urlsplit

import pytest

from browser import Browser, find_browser

root = Path(__file__).resolve().parent.parent
builder = root/'nbs'/'_sphinx'
sys.path.insert(0, str(builder))
from chapters import chapters

NOT_LOADED = {'index', 'search', 'next', 'prev', 'canonical'}  # relations of a <link> that only point
VOID = {'area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr'}


class Html(HTMLParser):
    "What the tests ask of a page: its anchors, links, pictures, files it loads, and its text without source code."
    def __init__(self, path):
        super().__init__()
        self.anchors, self.links, self.pictures, self.loads = set(), [], [], []
        self.text, self.open = [], []
        self.feed(path.read_text(encoding='utf-8'))
        self.text = ''.join(self.text)

    def handle_starttag(self, tag, attributes):
        attributes = {k: v or '' for k, v in attributes}
        if 'id' in attributes: self.anchors.add(attributes['id'])
        if tag == 'a' and 'href' in attributes: self.links.append(attributes['href'])
        if tag == 'link' and attributes.get('rel') not in NOT_LOADED: self.loads.append(attributes.get('href', ''))
        if tag == 'img': self.pictures.append(attributes)
        if 'src' in attributes: self.loads.append(attributes['src'])
        if tag not in VOID: self.open.append((tag, attributes.get('class', '').split()))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag: pass

    def handle_data(self, data):
        hidden = any(tag in ('script', 'style') or 'cell_input' in classes for tag, classes in self.open)
        if not hidden: self.text.append(data)


@pytest.fixture(scope='session')
def site():
    "The folder of the site, built anew."
    command = [sys.executable, str(builder/'build.py')]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=1800)
    assert done.returncode == 0, (done.stdout + done.stderr)[-6000:]
    return root/'_docs'


@pytest.fixture(scope='session')
def pages(site):
    "Every page of the site, by its path."
    made = {p.resolve(): Html(p.resolve()) for p in sorted(site.rglob('*.html')) if '_static' not in p.parts}
    assert len(made) > 50
    return made


def told(wrong): return f'{len(wrong)} found, the first of them:\n' + '\n'.join(map(str, wrong[:20]))


def short(path): return path.relative_to(root/'_docs').as_posix()


def test_each_notebook_has_a_page(pages):
    from pages import docname
    expected = {f'{docname(n)}.html' for names in chapters().values() for n in names}
    assert expected <= {short(p) for p in pages}


def test_builder_hides_no_mistake(tmp_path):
    from build import sphinx_command
    mistakes = dict(anchor='[link](#nowhere)', page='[link](missing.md)', heading='## Two\n\n#### Four',
                    directive='```{nonsense}\n```')
    source = tmp_path/'source'
    source.mkdir()
    (source/'index.md').write_text('# Title\n\n```{toctree}\n' + '\n'.join(mistakes) + '\n```\n', encoding='utf-8')
    for name, text in mistakes.items(): (source/f'{name}.md').write_text(f'# Title\n\n{text}\n', encoding='utf-8')
    done = subprocess.run(sphinx_command(source, tmp_path/'out'), capture_output=True, text=True, timeout=300)
    assert done.returncode != 0
    for name in mistakes: assert f'{name}.md:' in done.stderr, f'no warning about the {name}'


def test_links_and_anchors_exist(pages):
    dead = [f'{short(p)}: {link}' for p, page in pages.items() for link in page.links if is_dead(p, link, pages)]
    assert not dead, told(dead)


def is_dead(path, link, pages):
    "Whether a link inside the site leads to no file or to no anchor."
    if urlsplit(link).scheme or link.startswith('//'): return False
    file, anchor = urldefrag(link)
    there = (path.parent/unquote(file)).resolve() if file else path
    if not there.exists(): return True
    return bool(anchor) and there in pages and unquote(anchor) not in pages[there].anchors


def test_files_are_its_own_and_exist(pages):
    loads = {(p, u) for p, page in pages.items() for u in page.loads if not u.startswith('data:')}
    foreign = [f'{short(p)}: {u}' for p, u in loads if urlsplit(u).scheme or u.startswith('//')]
    assert not foreign, told(foreign)
    missing = [f'{short(p)}: {u}' for p, u in loads if not (p.parent/unquote(urlsplit(u).path)).exists()]
    assert not missing, told(missing)


def test_tables_are_tables(pages):
    raw = [short(p) for p, page in pages.items() if re.search(r'\|\s*:?-{3,}:?\s*\|', page.text)]
    assert not raw, f'raw Markdown tables on {", ".join(raw)}'


def test_pictures_are_described(pages):
    pictures = [(short(p), i['src'], i.get('alt', '')) for p, page in pages.items() for i in page.pictures]
    assert len(pictures) > 100
    bare = [f'{page}: {source}' for page, source, alt in pictures if not says_something(alt)]
    assert not bare, told(bare)
    twice = [key for key, n in Counter((page, alt) for page, _, alt in pictures).items() if n > 1]
    assert not twice, told(twice)


def says_something(alt):
    "Whether a text describes: Sphinx puts the name of the file where there is none."
    return len(alt.strip()) > 3 and not re.search(r'\.(png|jpe?g|svg|webp)$', alt)


def test_methods_are_documented(pages):
    text = ''.join(page.text for page in pages.values())
    for name in ('Tracker.__call__', 'OnnxPose.predict', 'Filter.__call__'):
        assert re.search(rf'^\s*{re.escape(name)}#?\s*$', text, re.M), f'{name} has no entry'


def test_command_page_has_every_option(pages, site):
    import commands
    from headposelib.cli import app
    page = pages[(site/'cli.html').resolve()]
    for verb in commands.verbs(app):
        assert verb.label in page.anchors, f'{verb.words} is not on the page'
        assert verb.command.epilog.removeprefix('Example: ') in page.text, f'{verb.words} has no example'
        for p in verb.command.params:
            assert p.opts[0].upper() in page.text.upper(), f'{verb.words} {p.opts[0]} is not on the page'
    assert '--max-threads' in page.text, 'what facetracker prints for --help is not on the page'


def test_command_help_is_taken_apart():
    import commands
    assert commands.remarks('Number of heads.  [default: (5000); x>=1]') == ('Number of heads.', '5000', ['at least 1'])
    assert commands.remarks('The store [.h5].') == ('The store [.h5].', '', [])
    assert commands.remarks('Side, px.  [64<=x<=1024; required]') == ('Side, px.', '', ['from 64 to 1024', 'required'])


@pytest.mark.parametrize('prose, alt', [
    ('Heads turn. The **red** axis is `x`, see [here](a.md).', 'The red axis is x, see here.'),
    ('## What a head weighs', 'What a head weighs'),
    ('Text.\n\n```\ncode\n```', 'Text.'),
    ('# Old\n\nFirst line\nof a sentence:', 'First line of a sentence'),
    ('word ' * 60, ('word ' * 28).strip() + ' …')])
def test_alternative_text(prose, alt):
    from pages import caption
    assert caption(prose) == alt


@pytest.fixture(scope='session')
def browser():
    "A browser; outside CI its tests are left out where there is none."
    program = find_browser()
    if program is None and os.environ.get('CI'): pytest.fail('CI needs Chromium or Chrome')
    if program is None: pytest.skip("no page was opened, because neither Chromium nor Chrome is installed")
    browser = Browser(program)
    yield browser
    browser.close()


SEARCHES = """[...document.querySelectorAll('.search-button, .search-button-field, input[type=search]')]
    .filter(e => e.checkVisibility({checkOpacity: true, checkVisibilityCSS: true})).length"""


FOUND = """new Promise(done => {
    const look = left => {
        const found = document.querySelectorAll('#search-results li a').length
        found || !left ? setTimeout(done, 1000, found) : setTimeout(look, 100, left - 1)
    }
    look(200)
})"""


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_): pass


@pytest.mark.parametrize('width', [1280, 390])
@pytest.mark.parametrize('chapter', range(len(chapters())), ids=[c or 'First page' for c in chapters()])
def test_page_in_a_browser(site, browser, chapter, width):
    "The longest page of each chapter, as a desk and as a phone show it."
    from pages import docname
    files = [site/f'{docname(n)}.html' for n in [*chapters().values()][chapter]]
    longest = max(files, key=lambda p: p.stat().st_size)
    browser.open(longest.as_uri(), width)
    assert not browser.complaints(), f'{short(longest)}: {browser.complaints()}'
    assert not browser.foreign_requests(), f'{short(longest)} asks {browser.foreign_requests()}'
    assert browser.ask('document.documentElement.scrollWidth') <= width, f'{short(longest)} is wider than {width} px'
    assert browser.ask(SEARCHES) == 1, f'{short(longest)} shows {browser.ask(SEARCHES)} search boxes'


def test_search_finds_the_tracker(site, browser):
    "Over HTTP: from a file, a browser lists what was found, but may not read the lines around it."
    handler = partial(QuietHandler, directory=str(site))
    with ThreadingHTTPServer(('127.0.0.1', 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        browser.open(f'http://127.0.0.1:{server.server_port}/search.html?q=tracker', 1280)
        found = browser.ask(FOUND)
        server.shutdown()
    assert found > 3
    assert not browser.complaints(), browser.complaints()
