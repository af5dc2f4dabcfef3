# make demo | test | docs | lab | clean: each makes the virtual environment first where it is missing.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
# torch and torchvision are named together, or pip moves torch to another build later.
TORCH  ?= torch==2.13.0 torchvision==0.28.0
export OMP_NUM_THREADS ?= 1
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: demo test docs lab clean venv

venv: $(READY)

$(READY): settings.ini setup.py
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet $(TORCH) -e ".[dev]"
	touch $(READY)

demo: $(READY)          ## renders, trains, evaluates, exports and shows; ends with demo/report.html
	headpose demo --outdir demo

test: $(READY)          ## every notebook from top to bottom, two at a time
	python -c "from headposelib.synth.heads import load_anny; load_anny()"
	python -m pytest -q -n 2 -p no:cacheprovider .ci

docs: $(READY)          ## the site, from the notebooks, in _docs/
	python nbs/_sphinx/readme.py
	python nbs/_sphinx/build.py

lab: $(READY)           ## JupyterLab on the notebooks
	jupyter lab nbs

clean:                  ## everything that the other targets made, the environment included
	rm -rf $(VENV) _docs _proc demo build dist *.egg-info
