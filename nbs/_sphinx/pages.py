"""Notebooks as pages of the site: directives obeyed, definitions documented, names linked, pictures described."""
import base64
import importlib
import json
import re
from ast import ImportFrom, parse, walk
from collections import Counter
from pathlib import Path, PurePosixPath

from nbdev.process import NBProcessor
from nbdev.processors import FrontmatterProc, clean_magics, filter_stream_, hide_line, rm_header_dash, strip_ansi

import commands
import symbols
from chapters import SiteError

ALT_LENGTH = 140  # characters
LONG_CELL = 24    # lines from which code is folded
PROCESSORS = [FrontmatterProc, strip_ansi, hide_line, filter_stream_, rm_header_dash, clean_magics]
NOT_SHOWN = {'export', 'exporti', 'hide', 'default_exp'}  # directives of cells that the site leaves out
PICTURES = {'image/png': 'png', 'image/jpeg': 'jpg'}


def docname(notebook):
    "The page of a notebook, its folder kept; nbdev names it so too."
    path = PurePosixPath(notebook)
    return str(path.parent/re.sub(r'^\d+[a-zA-Z0-9]*_', '', path.stem.lower()))


def markdown_cell(source, id): return dict(cell_type='markdown', metadata={}, id=id, source=source)


def is_heading(line): return re.match(r'(#+) ', line)


def prose_level(cell, level):
    "The level of the last heading at the end of a cell, given that before it."
    fenced = False
    for line in cell['source'].splitlines() if cell['cell_type'] == 'markdown' else ():
        if line.startswith('```'): fenced = not fenced
        elif not fenced and (m := is_heading(line)): level = len(m[1])
    return level


class Site:
    "All that a page needs to know of the others."
    def __init__(self, nbs, settings, notebooks):
        self.nbs, self.settings = nbs, settings
        self.pages = {n: docname(n) for n in notebooks}
        self.lib, self.host = settings['lib_name'], settings['doc_host'] + settings['doc_baseurl'] + '/'
        self.module_of = {n: m for n in notebooks if (m := default_exp(nbs/n, self.lib))}
        self.symbols, self.modules = symbols.read_symbols(self.module_of.values())
        self.paths = {m: self.pages[n] for n, m in self.module_of.items()}
        self.cli_module = next(iter(settings['console_scripts'].split())).split('=')[1].split(':')[0]
        self.verbs = commands.verbs(importlib.import_module(self.cli_module).app)

    def source(self, path):
        "Address of a file of the repository."
        return f"{self.settings['git_url']}/blob/{self.settings['branch']}/{path}"


def default_exp(path, lib):
    "The module that a notebook exports, in full; None where it exports nothing."
    m = re.search(r'"#\| *default_exp (\S+?)(?:\\n)?"', path.read_text(encoding='utf-8'))
    return m and f'{lib}.{m[1]}'


class Page:
    "One notebook on its way to Sphinx."
    def __init__(self, site, notebook):
        self.site, self.notebook, self.name = site, notebook, site.pages[notebook]
        self.module = site.modules.get(site.module_of.get(notebook))
        self.pictures = {}  # file name -> bytes

    def build(self):
        "The notebook that Sphinx reads."
        nb = NBProcessor(self.site.nbs/self.notebook, procs=PROCESSORS)
        self.namespace = self.read_namespace(nb.nb.cells)
        nb.process()
        front = nb.nb.frontmatter_
        if 'title' not in front: raise SiteError(f'{self.notebook} has no title: begin it with a cell "# Title"')
        cells = self.documented([c for c in nb.nb.cells if c.cell_type != 'raw'])
        self.describe_pictures(cells, front['title'])
        for c in cells: self.link(c)
        link = f'[notebook]({self.site.source("nbs/" + self.notebook)}){{.source}}'
        title = f'# {front["title"]}\n\n{link}\n\n' + (f'> {front["description"]}' if front.get('description') else '')
        head = markdown_cell(self.linked(title), 'title')
        metadata = {k: v for k, v in nb.nb.metadata.items() if k in ('kernelspec', 'language_info')}
        return dict(nbformat=4, nbformat_minor=5, metadata=metadata, cells=[head, *map(plain, cells)])

    def documented(self, cells):
        "The cells, with what each exported one defines in its place."
        made, level = [], 1
        for c in cells:
            level = prose_level(c, level)
            if not c.directives_.keys() & NOT_SHOWN: made.append(c)
            if self.module: made += self.documentation(c['id'], level + 1)
        return made

    def documentation(self, cell, level):
        "Markdown cells for what a cell defines."
        found = (s for s in self.site.symbols.values() if (s.module, s.cell) == (self.module.name, cell))
        here = sorted(found, key=lambda s: s.line)
        if self.module.name == self.site.cli_module: return [c for s in here for c in self.command_cells(s, level)]
        here = [s for s in here if '.' not in s.name or symbols.is_described(s.obj)]
        address = self.site.source(self.module.path.relative_to(self.site.nbs.parent).as_posix())
        return [self.entry(s, level, address) for s in here]

    def entry(self, symbol, level, address):
        "The cell for a symbol; a picture below it may be described by its docstring."
        text = symbols.documentation(symbol, self.site.symbols, self.site.modules[symbol.module], level, address)
        sentence = re.split(r'; raises|; `\w+` (?:for|when)', symbols.own_doc(symbol.obj))[0]
        return markdown_cell(text, symbol.label) | dict(caption=caption(sentence.split('\n\n')[0]))

    def command_cells(self, symbol, level):
        "The verb of the command line that a function does, instead of the function."
        for v in self.site.verbs:
            if symbols.function_of(v.command.callback) is not symbols.function_of(symbol.obj): continue
            yield markdown_cell(commands.documentation(v, level), v.label) | dict(caption=v.command.help)

    def describe_pictures(self, cells, title):
        "Each picture gets a file of its own and an alternative text from the prose above it."
        alt, found = title, []
        for c in cells:
            if c['cell_type'] == 'markdown': alt = c.get('caption', caption(c['source'])) or alt
            for o in c.get('outputs', []):
                kind = next((k for k in PICTURES if k in o.get('data', {})), None)
                if kind: found.append((c['id'], o, kind, alt))
        total, seen = Counter(a for *_, a in found), Counter()
        for id, output, kind, alt in found:
            seen[alt] += 1
            text = f'{alt} ({seen[alt]} of {total[alt]})' if total[alt] > 1 else alt
            name = f'{self.name.replace("/", "-")}-{id}-{seen[alt]}.{PICTURES[kind]}'
            self.pictures[name] = base64.b64decode(''.join(output['data'][kind]))
            output['data'] = {'text/markdown': f'![{text}](/_pictures/{name})'}

    def link(self, cell):
        "Names in prose become links."
        if cell['cell_type'] == 'markdown': cell['source'] = self.linked(cell['source'])
        for data in (o.get('data', {}) for o in cell.get('outputs', [])):
            if 'text/markdown' in data: data['text/markdown'] = self.linked(''.join(data['text/markdown']))

    def linked(self, text):
        "Markdown with its names in backticks and its links to notebooks as links inside the site."
        fenced, lines = False, []
        for line in text.splitlines():
            if line.lstrip().startswith('```'): fenced = not fenced
            elif not fenced and not line.startswith('    ') and not is_heading(line): line = self.linked_line(line)
            lines.append(line)
        return '\n'.join(lines)

    def linked_line(self, line):
        line = re.sub(r'\]\((?!https?:|#|/|mailto:)([^)#\s]+\.ipynb)(#[^)\s]*)?\)', self.notebook_link, line)
        line = re.sub(rf'\]\({re.escape(self.site.host)}([^)#\s]*?)(?:\.html)?(#[^)\s]*)?\)', self.host_link, line)
        return re.sub(r'(?<![\[`])`([^`]+)`(?!`)', self.name_link, line)

    def notebook_link(self, m):
        "A link to another notebook, by its path from this one."
        path = (self.site.nbs/self.notebook).parent/m[1]
        there = path.resolve().relative_to(self.site.nbs.resolve()).as_posix()
        return f'](/{self.site.pages.get(there, m[1])}.ipynb{m[2] or ""})'

    def host_link(self, m): return f'](/{m[1].strip("/") or "index"}.ipynb{m[2] or ""})'

    def name_link(self, m):
        "A name in backticks, as a link where the site has a place for it."
        target = self.target(m[1])
        return f'[{m[0]}]({target})' if target else m[0]

    def target(self, text):
        "Where a name is documented: a command, what this notebook means by it, a name of one module only, or a module."
        for v in sorted(self.site.verbs, key=lambda v: -len(v.words)):
            if (text + ' ').startswith(v.words + ' '): return f'#{v.label}'
        name = text.removesuffix('()')
        if not re.fullmatch(r'[A-Za-z_][\w.]*', name): return None
        if symbol := self.known(name) or self.anywhere(name, called=text != name): return f'#{symbol.label}'
        module = name if name.startswith(self.site.lib + '.') else f'{self.site.lib}.{name}'
        if '.' in name and module in self.site.paths: return f'/{self.site.paths[module]}.ipynb'

    def known(self, name):
        "The symbol that a name means in the code of this notebook."
        first, *rest = name.split('.')
        obj = self.namespace.get(first)
        for part in rest[:-1]: obj = getattr(obj, part, None)
        if rest and hasattr(obj, '__mro__'):
            keys = [(c.__module__, f'{c.__qualname__}.{rest[-1]}') for c in obj.__mro__]
            return next((s for k in keys if (s := self.shown(k))), None)
        if rest: obj = getattr(obj, rest[-1], None)
        return self.shown((getattr(obj, '__module__', None), getattr(obj, '__qualname__', None)))

    def shown(self, key):
        "A symbol, if it has an entry of its own."
        symbol = self.site.symbols.get(key)
        if symbol is None or key[0] == self.site.cli_module: return None
        return symbol if '.' not in symbol.name or symbols.is_described(symbol.obj) else None

    def anywhere(self, name, called):
        "A symbol of that name where the library has one only, and the name is no word of everyday English."
        distinct = called or '_' in name.strip('_') or re.search(r'[a-z][A-Z]|^[A-Z][a-z]+\.', name)
        if not distinct: return None
        module, _, last = name.rpartition('.')
        inside = module and '.' + module
        keys = [(m, n) for m, n in self.site.symbols if n == name or inside and n == last and m.endswith(inside)]
        return self.shown(keys[0]) if len(keys) == 1 else None

    def read_namespace(self, cells):
        "The library's names that this notebook defines or imports."
        namespace = {}
        for c in cells:
            if c.cell_type != 'code' or f'from {self.site.lib}' not in c.source: continue
            for node in walk(parse(re.sub(r'^\s*[%!].*$', '', c.source, flags=re.M))):
                ours = isinstance(node, ImportFrom) and node.module.split('.')[0] == self.site.lib
                if ours: namespace.update(imported(node))
        if self.module: namespace.update(self.module.namespace)
        return namespace


def imported(node):
    "The names that an import statement brings."
    module = importlib.import_module(node.module)
    if node.names[0].name == '*': return {n: getattr(module, n) for n in module.__all__}
    return {a.asname or a.name: getattr(module, a.name, None) for a in node.names}


def plain(cell):
    "A cell as the notebook format has it; long code is folded."
    keys = ('cell_type', 'metadata', 'id', 'source', 'outputs', 'execution_count')
    made = {k: cell[k] for k in keys if k in cell}
    made['metadata'] = {}
    is_long = made['cell_type'] == 'code' and made['source'].count('\n') >= LONG_CELL
    if is_long: made['metadata'] = dict(tags=['hide-input'])
    return made


def caption(text):
    "What a picture below a piece of prose shows: its last sentence, or the heading it ends with, unmarked and short."
    text = re.sub(r'```.*?(```|\Z)', '', text, flags=re.S)
    lines = [s.strip() for s in text.splitlines() if s.strip() and not s.lstrip().startswith(('|', '(', '$$', '<'))]
    if not lines: return ''
    if is_heading(lines[-1]): return unmarked(lines[-1])
    paragraph = []
    for line in reversed(lines):
        if is_heading(line): break
        paragraph.insert(0, line)
    sentences = re.split(r'(?<=[.!?:])\s+(?=[A-Z`*])', unmarked(' '.join(paragraph)))
    return shortened(sentences[-1])


def unmarked(text):
    "Text without Markdown's marks, fit for an alternative text."
    text = re.sub(r'!?\[([^\]]*)\]\([^)]*\)(\{[^}]*\})?', r'\1', text)
    text = re.sub(r'<[^>]+>|^[#>\-*\s]+|[`*\\$]', '', text)
    return text.replace('[', '(').replace(']', ')').strip()


def shortened(text):
    if len(text) <= ALT_LENGTH: return text.rstrip(':')
    return text[:ALT_LENGTH].rsplit(' ', 1)[0].rstrip(',;:') + ' …'
