"""README.md from index.ipynb (nbdev_readme does the same where Quarto is installed): python nbs/_sphinx/readme.py"""
import json
from pathlib import Path

root = Path(__file__).resolve().parent.parent.parent

def readme():
    "The markdown of index.ipynb, with its code as fenced blocks and its pictures where README.md finds them."
    cells = json.loads((root/'nbs'/'index.ipynb').read_text(encoding='utf-8'))['cells']
    fence = lambda c: ''.join(c['source']) if c['cell_type'] == 'markdown' else '```python\n' + ''.join(c['source']) + '\n```'
    return '<!-- made from nbs/index.ipynb by `make docs`: edit that -->\n\n' + '\n\n'.join(map(fence, cells)).replace('](images/', '](nbs/images/') + '\n'

if __name__ == '__main__': (root/'README.md').write_text(readme(), encoding='utf-8')
