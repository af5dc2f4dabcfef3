"""Installs what settings.ini describes; nbdev keeps the version, the requirements and the texts there."""
from configparser import ConfigParser
from pathlib import Path
from setuptools import find_packages, setup

here = Path(__file__).parent
config = ConfigParser(delimiters=['='], interpolation=None)
config.read(here/'settings.ini', encoding='utf-8')
cfg = config['DEFAULT']
readme = here/'README.md'

def wanted(*names): return [r for n in names for r in cfg[f'{n}requirements'].split()]

setup(
    name=cfg['lib_name'], version=cfg['version'], description=cfg['description'], keywords=cfg['keywords'],
    author=cfg['author'], author_email=cfg['author_email'], url=cfg['git_url'],
    license='Apache-2.0', license_files=['LICENSE'], python_requires=f">={cfg['min_python']}",
    long_description=readme.read_text(encoding='utf-8') if readme.exists() else cfg['description'],
    long_description_content_type='text/markdown',
    classifiers=['Development Status :: 3 - Alpha', 'Intended Audience :: Developers', 'Natural Language :: English',
                 'Programming Language :: Python :: 3'],
    packages=find_packages(include=['headposelib', 'headposelib.*']),
    package_data={'headposelib': ['assets/*', 'weights/*']},
    install_requires=wanted(''),
    extras_require=dict(video=wanted('video_'), train=wanted('train_'), synth=wanted('synth_'), dev=wanted('video_', 'train_', 'synth_', 'dev_')),
    entry_points=dict(console_scripts=cfg['console_scripts'].split(),
                      nbdev=[f"{cfg['lib_name']}={cfg['lib_name']}._modidx:d"]),
    zip_safe=False,
)
