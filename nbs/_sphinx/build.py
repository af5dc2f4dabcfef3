"""Builds the documentation site with Sphinx from notebooks that nbdev has processed: python nbs/_sphinx/build.py

Where Quarto is installed, `nbdev_docs` builds the same pages; this needs nothing but packages from PyPI."""
import json, re, shutil, subprocess, sys
from configparser import ConfigParser
from pathlib import Path
from nbdev.serve import proc_nbs

root = Path(__file__).resolve().parent.parent.parent
proc, pages, site = root/'_proc', root/'_proc'/'_pages', root/'_docs'
cfg = ConfigParser(interpolation=None); cfg.read(root/'settings.ini', encoding='utf-8')
host = cfg['DEFAULT']['doc_host'] + cfg['DEFAULT']['doc_baseurl'] + '/'

GROUPS = {'0': 'Foundations', '1': 'Heads', '2': 'Datasets', '3': 'Batches', '4': 'Networks', '5': 'Training',
          '6': 'Evaluation', '7': 'Export', '8': 'Tracking', '88': 'The demo', '9': 'The command line'}

def text(cell): return ''.join(cell['source'])

def front(nb):
    "Title, description and page name from the front matter that nbdev puts first."
    raw = text(nb['cells'][0])
    if not raw.startswith('---'): return None, None, None
    raw = re.sub(r'\n  +', ' ', raw)
    get = lambda k: (re.search(rf"^{k}: (.*)$", raw, re.M) or [None, ''])[1].strip().strip("'\"").replace("''", "'")
    return get('title'), get('description'), get('output-file')

def local(s, page):
    "Links into the published site become links into this one; Quarto's link attributes go."
    return re.sub(r'\{target="_blank"[^}]*\}', '', s.replace(f'{host}{page}.html#', '#').replace(host, ''))

def shown(cell, page):
    "What `show_doc` left as output, as a markdown cell of its own, so that its heading can be linked to."
    text = ''.join(v for o in cell.get('outputs', []) for v in o.get('data', {}).get('text/markdown', []))
    return dict(cell_type='markdown', metadata={}, id=cell['id'], source=local(re.sub(r'^---\n', '', text), page))

def page(nb, name, title, description):
    "A processed notebook as Sphinx wants it."
    cells = []
    for c in nb['cells'][1:]:
        if c['cell_type'] == 'markdown': c['source'] = local(text(c), name)
        elif 'show_doc(' in text(c): c = shown(c, name)
        cells.append(c)
    head = dict(cell_type='markdown', metadata={}, id='title', source=f'# {title}\n\n> {description}')
    return dict(nb, cells=[head, *cells])

def main():
    proc_nbs(force=True)
    for old in (pages, proc/'_html'): shutil.rmtree(old, ignore_errors=True)
    shutil.copytree(root/'nbs'/'images', pages/'images')
    groups, index = {}, None
    for f in sorted(proc.rglob('*.ipynb')):
        if '_pages' in f.parts: continue
        nb = json.loads(f.read_text(encoding='utf-8'))
        title, description, out = front(nb)
        if title is None: continue
        name = Path(out).stem if out else f.stem
        nb = page(nb, name, title, description)
        if f.stem == 'index': index = nb; continue
        group = 'Tutorials' if 'tutorials' in f.parts else GROUPS.get(f.stem[:2]) or GROUPS.get(f.stem[0], 'More')
        groups.setdefault(group, []).append(name)
        (pages/f'{name}.ipynb').write_text(json.dumps(nb), encoding='utf-8')
    trees = '\n'.join(f'```{{toctree}}\n:caption: {g}\n:hidden:\n\n' + '\n'.join(names) + '\n```\n' for g, names in groups.items())
    index['cells'].append(dict(cell_type='markdown', metadata={}, id='toc', source=trees))
    (pages/'index.ipynb').write_text(json.dumps(index), encoding='utf-8')
    shutil.rmtree(site, ignore_errors=True)
    done = subprocess.run([sys.executable, '-m', 'sphinx', '-q', '-b', 'html', '-c', str(Path(__file__).parent), str(pages), str(proc/'_html')])
    if done.returncode: sys.exit(done.returncode)
    shutil.move(proc/'_html', site)
    print(f'{sum(map(len, groups.values())) + 1} pages: open _docs/index.html')

if __name__ == '__main__': main()
