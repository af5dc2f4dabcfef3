"""Builds the documentation site in _docs/ from the notebooks: python nbs/_sphinx/build.py

Any warning is an error. Where Quarto is installed, `nbdev_docs` builds the same pages in its own dress; this needs
nothing but packages from PyPI, runs no notebook, and takes about a minute."""
import json
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

from chapters import SiteError, chapters, nbs
from pages import Page, Site

here, root = Path(__file__).resolve().parent, nbs.parent
work, site = root/'_proc', root/'_docs'


def toctree(name, pages): return f'```{{toctree}}\n:caption: {name}\n:hidden:\n\n' + '\n'.join(pages) + '\n```\n'


def write_pages(out):
    "Every notebook as a page for Sphinx, and the pictures in them; returns how many pages."
    made = chapters()
    settings = ConfigParser(interpolation=None)
    settings.read(root/'settings.ini', encoding='utf-8')
    known = Site(nbs, settings['DEFAULT'], [n for names in made.values() for n in names])
    trees = '\n'.join(toctree(c, [known.pages[n] for n in names]) for c, names in made.items() if c)
    shutil.copytree(nbs/'images', out/'images')
    (out/'_pictures').mkdir()
    for notebook, name in known.pages.items():
        page = Page(known, notebook)
        nb = page.build()
        if name == 'index': nb['cells'].append(dict(cell_type='markdown', metadata={}, id='toc', source=trees))
        file = out/f'{name}.ipynb'
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(nb), encoding='utf-8')
        for picture, data in page.pictures.items(): (out/'_pictures'/picture).write_bytes(data)
    return len(known.pages)


def sphinx_command(source, out):
    "How Sphinx is started: whatever it warns of is an error."
    return [sys.executable, '-m', 'sphinx', '-q', '-n', '-W', '--keep-going', '-c', str(here), str(source), str(out)]


def main():
    for old in (work/'_pages', work/'_html'): shutil.rmtree(old, ignore_errors=True)
    (work/'_pages').mkdir(parents=True)
    count = write_pages(work/'_pages')
    done = subprocess.run(sphinx_command(work/'_pages', work/'_html'))
    if done.returncode: sys.exit(done.returncode)
    shutil.rmtree(site, ignore_errors=True)
    shutil.move(work/'_html', site)
    print(f'{count} pages: open _docs/index.html')


if __name__ == '__main__':
    try: main()
    except SiteError as e: sys.exit(str(e))
