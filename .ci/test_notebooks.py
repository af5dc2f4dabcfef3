"""One test a notebook, each in a process of its own, and one that export and clean change nothing."""
import os, subprocess, sys
from pathlib import Path
import pytest

root = Path(__file__).resolve().parent.parent
notebooks = sorted(p for p in (root/'nbs').rglob('*.ipynb') if not any(part[0] in '_.' for part in p.relative_to(root).parts))

def run(*args): return subprocess.run(args, cwd=root, capture_output=True, text=True, timeout=1800)

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
    import json
    for nb in notebooks:
        cells = [c for c in json.loads(nb.read_text())['cells'] if c['cell_type'] == 'code']
        assert nb.stat().st_size < 1_200_000, f'{nb.name} is {nb.stat().st_size/1e6:.1f} MB'
        assert len(cells) <= 6 or any(c['outputs'] for c in cells), f'{nb.name} was committed without outputs'
