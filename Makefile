# make demo | test | docs | docs-test | ci | lab | weights | clean: each makes the virtual environment first where it is missing.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
# torch and torchvision are named together, or pip moves torch to another build later.
TORCH  ?= torch==2.13.0 torchvision==0.28.0
export OMP_NUM_THREADS ?= 1
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: demo test docs docs-test ci heads lab weights clean venv

venv: $(READY)

$(READY): settings.ini setup.py
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet $(TORCH) -e ".[dev]"
	touch $(READY)

demo: $(READY)          ## renders, trains, evaluates, exports and shows; ends with demo/report.html
	headpose demo --outdir demo

PYTEST := python -m pytest -q -p no:cacheprovider

heads: $(READY)         # the heads that most notebooks render, made once
	python -c "from headposelib.synth.heads import load_anny; load_anny()"

test: heads             ## every notebook from top to bottom, two at a time
	$(PYTEST) -n 2 .ci/test_notebooks.py

docs-test: $(READY)     ## the site: built with warnings as errors, every page read, a dozen opened in Chromium
	$(PYTEST) .ci/test_site.py

ci: heads               ## both, counted together
	$(PYTEST) -n 2 .ci

docs: $(READY)          ## the site, from the notebooks, in _docs/; the README
	python nbs/_sphinx/readme.py
	python nbs/_sphinx/build.py

lab: $(READY)           ## JupyterLab on the notebooks
	jupyter lab nbs

weights: $(READY)       ## trains networks like the released ones, for a night, into runs/; BACKGROUNDS=DIR names photographs without people, ICT=DIR the ICT face model
	mkdir -p runs
	headpose synth runs/pose-small.h5 --recipe headposelib/weights/pose-small.toml $(if $(BACKGROUNDS),--backgrounds $(BACKGROUNDS)) $(if $(ICT),--family anny:3+$(ICT):1)
	headpose train pose --ds runs/pose-small.h5 --outdir runs/pose-small --backbone mobilenetv1_w050 --epochs 200 --lr 8e-3 --batchsize 32 \
	  --nll --cosine --sizes 65:.3,97:.35,129:.35 --cache --with-swa
	headpose export runs/pose-small/swa.ckpt runs/pose-small.onnx --full
	headpose places runs/places.h5 -n 24000 --part train $(if $(BACKGROUNDS),--photos .6 --backgrounds $(BACKGROUNDS))
	headpose train localizer --ds runs/places.h5 --outdir runs/localizer --tight .1
	headpose export runs/localizer/best.ckpt runs/head-localizer.onnx

clean:                  ## everything that the other targets made, the environment included
	rm -rf $(VENV) _docs _proc demo build dist *.egg-info
