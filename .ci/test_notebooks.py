"""One test a notebook, each in a process of its own, and one that export and clean change nothing."""
import ast, json, os, re, subprocess, sys
from pathlib import Path
import pytest

root = Path(__file__).resolve().parent.parent
notebooks = sorted(p for p in (root/'nbs').rglob('*.ipynb') if not any(part[0] in '_.' for part in p.relative_to(root).parts))

def run(*args): return subprocess.run(args, cwd=root, capture_output=True, text=True, errors='replace', timeout=1800)

@pytest.mark.parametrize('nb', notebooks, ids=lambda p: str(p.relative_to(root/'nbs')))
def test_notebook(nb):
    done = run('nbdev_test', '--path', str(nb), '--n_workers', '0', '--do_print')
    assert done.returncode == 0, (done.stdout + done.stderr)[-6000:]

def test_export_and_clean_change_nothing(tmp_path):
    copy = tmp_path/'tree'
    subprocess.run(['git', 'clone', '-q', str(root), str(copy)], check=True)
    subprocess.run(f'cp -r nbs headposelib settings.ini README.md {copy}/', shell=True, cwd=root, check=True)
    subprocess.run('git add -A && git -c user.name=ci -c user.email=ci@localhost commit -q --allow-empty -m before', shell=True, cwd=copy, check=True)
    env = {**os.environ, 'PYTHONPATH': str(copy)}
    for tool in (['nbdev_clean'], ['nbdev_export'], [sys.executable, 'nbs/_sphinx/readme.py']): subprocess.run(tool, cwd=copy, env=env, check=True, capture_output=True)
    changed = subprocess.run(['git', 'status', '--porcelain'], cwd=copy, capture_output=True, text=True).stdout
    assert not changed, f'nbdev_clean, nbdev_export or readme.py changed:\n{changed}'

def test_notebooks_have_outputs_and_fit():
    for nb in notebooks:
        cells = [c for c in json.loads(nb.read_text(encoding='utf-8'))['cells'] if c['cell_type'] == 'code']
        assert nb.stat().st_size < 1_200_000, f'{nb.name} is {nb.stat().st_size/1e6:.1f} MB'
        assert len(cells) <= 6 or any(c['outputs'] for c in cells), f'{nb.name} was committed without outputs'

def test_running_a_notebook_writes_no_library():
    "A page that is run in JupyterLab changes nothing but its own outputs; `nbdev_export` in a terminal writes the library."
    wrong = [nb.name for nb in notebooks for c in json.loads(nb.read_text(encoding='utf-8'))['cells']
             if c['cell_type'] == 'code' and re.search(r'^[^#]*\bnbdev_(export|clean|prepare)\(', ''.join(c['source']), re.M)]
    assert not wrong, f'these notebooks export the library when they are run: {", ".join(wrong)}'

def floors():
    "Module name -> number of the notebook that exports it"
    lib, out = root/'headposelib', {}
    for p in lib.rglob('*.py'):
        if found := re.search(r'File to edit: .*?/(\d\d)_', p.read_text(encoding='utf-8')): out['.'.join(p.relative_to(lib.parent).with_suffix('').parts)] = int(found[1])
    return out

def imports(module):
    "Modules of the library that a module imports, anywhere in it"
    for node in ast.walk(ast.parse((root/Path(*module.split('.'))).with_suffix('.py').read_text(encoding='utf-8'))):
        if isinstance(node, ast.ImportFrom):
            base = module.rsplit('.', node.level)[0] + ('.' + node.module if node.module else '') if node.level else node.module
            yield from (f'{base}.{a.name}' for a in node.names); yield base
        elif isinstance(node, ast.Import): yield from (a.name for a in node.names)

def test_modules_import_from_lower_floors():
    floor = floors()
    assert len(floor) > 15
    wrong = [f'{m} ({floor[m]}) imports {i} ({floor[i]})' for m in floor for i in imports(m) if i in floor and floor[i] >= floor[m]]
    wrong += [f'{m} imports {i}' for m in floor if m.startswith('headposelib.track') for i in imports(m) if (floor.get(i, 0) > 9 and not i.startswith('headposelib.track')) or i.split('.')[0] in ('torch', 'fastai', 'fastcore')]
    assert not wrong, '\n'.join(wrong)
