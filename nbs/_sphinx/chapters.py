"""The chapters of the site, read from nbs/sidebar.yml."""
from pathlib import Path

import yaml

nbs = Path(__file__).resolve().parent.parent


class SiteError(ValueError):
    "A mistake in a notebook or in nbs/sidebar.yml, in one sentence."


def notebooks():
    "Every notebook of the site, by its path inside nbs."
    paths = (p.relative_to(nbs) for p in sorted(nbs.rglob('*.ipynb')))
    return [p.as_posix() for p in paths if not any(part[0] in '_.' for part in p.parts)]


def chapters():
    "Chapter -> its notebooks, in reading order; '' has the first page, 'More' what stands in no chapter."
    left, made = notebooks(), {}
    for entry in yaml.safe_load((nbs/'sidebar.yml').read_text(encoding='utf-8'))['website']['sidebar']['contents']:
        name, wanted = (entry['section'], entry['contents']) if isinstance(entry, dict) else ('', entry)
        for item in [wanted] if isinstance(wanted, str) else wanted:
            pattern = item['auto'] if isinstance(item, dict) else item
            fit = [n for n in left if Path(n).match(pattern) and n.count('/') == pattern.count('/')]
            if not fit: raise SiteError(f'nbs/sidebar.yml: no notebook outside earlier chapters is named {pattern}')
            made.setdefault(name, []).extend(fit)
            left = [n for n in left if n not in fit]
    if left:
        print(f'nbs/sidebar.yml: no chapter has {", ".join(left)}; until one does, a last chapter, More, shows it')
        made['More'] = left
    return made
