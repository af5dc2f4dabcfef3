"""What the library defines: each public function, class and method, the cell it comes from, its text for the site."""
import ast
import importlib
import inspect
import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from pathlib import Path

from fastcore.docments import MarkdownRenderer


@dataclass
class Symbol:
    "A function, class or method that the site documents."
    module: str   # that defines it, in full
    name: str     # inside the module: 'Tracker.reset'
    obj: object
    line: int     # of its definition in the module's file, from 1
    cell: str     # ID of the notebook cell that defines it
    label: str    # what links to it say


@dataclass
class Module:
    "An exported module: its file, and the notebook cells that it was made from."
    name: str
    path: Path
    namespace: dict
    starts: list  # line at which each cell begins
    cells: list   # their IDs
    nodes: dict   # top-level class -> its syntax tree

    def cell(self, line): return self.cells[bisect_right(self.starts, line) - 1]


def read_module(name):
    "Import a module and find the cells that its lines come from."
    namespace = vars(importlib.import_module(name))
    path = Path(namespace['__file__'])
    source = path.read_text(encoding='utf-8')
    marks = [(i, m[1]) for i, s in enumerate(source.splitlines(), 1) if (m := re.match(r'# %% .*#(\S+)$', s))]
    nodes = {n.name: n for n in ast.parse(source).body if isinstance(n, ast.ClassDef)}
    return Module(name, path, namespace, [i for i, _ in marks], [c for _, c in marks], nodes)


def function_of(attribute):
    "The plain function inside a method, property, or decorated function; None for anything else."
    if isinstance(attribute, property): attribute = attribute.fget
    if isinstance(attribute, cached_property): attribute = attribute.func
    if isinstance(attribute, (classmethod, staticmethod)): attribute = attribute.__func__
    attribute = inspect.unwrap(attribute)
    return attribute if inspect.isfunction(attribute) else None


def is_public(name): return not name.startswith('_') or name == '__call__'


def own_doc(obj):
    "The docstring that stands in the source: none that was inherited or generated."
    doc = vars(obj).get('__doc__') if inspect.isclass(obj) else getattr(function_of(obj), '__doc__', None)
    generated = inspect.isclass(obj) and doc and re.match(rf'{re.escape(obj.__name__)}\(', doc)
    return inspect.cleandoc(doc) if doc and not generated else ''


def is_described(method):
    "Whether a method has a docstring, or comments at its parameters."
    return bool(own_doc(method)) or ' # ' in signature(method, 'x').split('\n', 1)[-1]


def definitions(module):
    "Each public name of a module that it defines itself, with the objects: functions, classes, methods."
    for name, obj in list(module.namespace.items()):
        if name.startswith('_') or getattr(obj, '__module__', None) != module.name: continue
        if inspect.isclass(obj):
            yield name, obj
            yield from ((f'{name}.{k}', m) for k, m in vars(obj).items() if is_public(k) and function_of(m))
        elif function_of(obj): yield name, obj


def read_symbols(
    names,  # of modules
) -> tuple:  # {(module, name): `Symbol`}, {module: `Module`}
    "Everything public that these modules define."
    modules = {n: read_module(n) for n in names}
    by_file = {str(m.path): m for m in modules.values()}
    found, labels = {}, set()
    for owner in modules.values():
        for name, obj in definitions(owner):
            at = place(obj, owner, by_file)
            if at is None: continue
            home, line = at
            label = unique(f'{owner.name}.{name}'.lower(), labels)
            found[owner.name, name] = Symbol(home.name, name, obj, line, home.cell(line), label)
    return found, modules


def place(obj, owner, by_file):
    "The module and the line where an object is defined; None where no page shows it."
    if inspect.isclass(obj):
        node = owner.nodes.get(obj.__name__)
        return node and (owner, node.lineno)
    code = function_of(obj).__code__
    home = by_file.get(code.co_filename)
    return home and (home, code.co_firstlineno)


def unique(label, labels):
    "The label, with a number where it is taken: labels have no capitals, so `Frames` and `frames` are one."
    made = label
    for k in range(2, 100):
        if made not in labels: break
        made = f'{label}-{k}'
    labels.add(made)
    return made


def signature(obj, name):
    "How it is called, with the comments of its parameters."
    if isinstance(obj, property): obj = obj.fget
    if isinstance(obj, (classmethod, staticmethod)): obj = obj.__func__
    text = str(MarkdownRenderer(inspect.unwrap(obj)).dm).replace(':NoneType=None', '=None')
    return re.sub(r'^(async def|def) \w+\(', rf'\1 {name.rpartition(".")[2]}(', text).rstrip(':')


def is_list_of_fields(cls): return issubclass(cls, Enum) or hasattr(cls, '_fields')


def class_text(symbol, module):
    "A class as it is called; named tuples and enumerations as they are written, because that names their fields."
    node = module.nodes[symbol.obj.__name__]
    if is_list_of_fields(symbol.obj):
        lines = module.path.read_text(encoding='utf-8').splitlines()
        methods = [n.lineno - len(n.decorator_list) for n in node.body if isinstance(n, ast.FunctionDef)]
        last = min(methods, default=node.end_lineno + 1) - 1
        doc = ast.get_docstring(node) and node.body[0]
        return '\n'.join(s for i, s in enumerate(lines[node.lineno - 1:last], node.lineno)
                         if not doc or not doc.lineno <= i <= doc.end_lineno or i == node.lineno).rstrip()
    text = re.sub(r'^def ', 'class ', signature(symbol.obj, symbol.name)).removesuffix('->None')
    return re.sub(r'\(\s*\*args, \*\*kwargs\s*\)$|\(\s*\)$', '', text)


def bases_text(symbol, module):
    "What a class builds on."
    bases = [ast.unparse(b) for b in module.nodes[symbol.obj.__name__].bases]
    said = not bases or is_list_of_fields(symbol.obj)
    return '' if said else 'Builds on ' + ' and '.join(f'`{b}`' for b in bases) + '. '


def plain_methods(symbol, found):
    "The methods of a class that say no more than their names, as they are called."
    mine = [s for (m, n), s in found.items() if m == symbol.module and n.startswith(symbol.name + '.')]
    return [one_line(s) for s in mine if not is_described(s.obj)]


def one_line(symbol):
    "A method in one line: `close()`, or `limit` for a property."
    name = symbol.name.rpartition('.')[2]
    if isinstance(symbol.obj, property): return f'`{name}`'
    parameters = [p for p in inspect.signature(function_of(symbol.obj)).parameters if p != 'self']
    return f'`{name}({", ".join(parameters)})`'


def documentation(
    symbol,  # `Symbol`
    found,   # all symbols
    module,  # `Module` of the symbol
    level,   # of its heading
    source,  # address of the module's file
) -> str:    # Markdown
    "What the site says of a symbol: heading with its label, signature, docstring."
    obj = symbol.obj
    link = f'[source]({source}#L{symbol.line}){{.source}}'
    if inspect.isclass(obj): text = class_text(symbol, module)
    elif isinstance(obj, property): text = None
    else: text = signature(obj, symbol.name)
    parts = [f'({symbol.label})=\n{"#" * level} `{symbol.name}`', f'{link}\n{own_doc(obj)}']
    if text: parts.insert(1, f'```{{code-block}} python\n:class: signature\n\n{text}\n```')
    if inspect.isclass(obj):
        more = bases_text(symbol, module)
        if rest := plain_methods(symbol, found): more += f'Also: {", ".join(rest)}.'
        parts.append(more.strip())
    return '\n\n'.join(parts)
