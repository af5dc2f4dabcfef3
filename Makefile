# make demo | test | docs | docs-test | ci | lab | weights | clean: each makes the virtual environment first where it is missing.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
# torch and torchvision are named together, or pip moves torch to another build later.
TORCH  ?= torch==2.13.0 torchvision==0.28.0
export OMP_NUM_THREADS ?= 1
export PATH := $(CURDIR)/$(BIN):$(PATH)
# Where the home folder cannot be written, what libraries keep between two runs of the tests lies beside the environment.
KEPT := $(abspath $(VENV))/kept
HEADPOSELIB_CACHE ?= $(KEPT)/headposelib
XDG_CACHE_HOME    ?= $(KEPT)
MPLCONFIGDIR      ?= $(KEPT)/matplotlib
IPYTHONDIR        ?= $(KEPT)/ipython
CACHES := $(foreach v,HEADPOSELIB_CACHE XDG_CACHE_HOME MPLCONFIGDIR IPYTHONDIR,$(v)='$($(v))')
KEEP   := $(if $(shell test -w "$$HOME" && echo yes),,$(CACHES))

.PHONY: demo test docs docs-test ci heads lab weights clean venv own

venv: $(READY)

# An environment outside this folder may belong to another checkout; then its library is not replaced, and not run either.
own:
	@case "$(abspath $(VENV))/" in "$(CURDIR)"/*) exit 0;; esac; \
	owner=$$(cd / && "$(abspath $(BIN))/python" -I -c "import headposelib; print(headposelib.__path__[0])" 2>/dev/null); \
	case "$$owner" in ""|"$(CURDIR)"/*) ;; *) \
	  echo "make: $(VENV) belongs to $$owner; name a folder that does not exist yet, or leave VENV out" >&2; exit 1;; esac

$(READY): settings.ini setup.py | own
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet $(TORCH) -e ".[dev]"
	touch $(READY)

demo: $(READY)          ## renders, trains, evaluates, exports and shows; ends with demo/report.html
	headpose demo --outdir demo --force

PYTEST := $(KEEP) python -m pytest -q -p no:cacheprovider

heads: $(READY)         # the heads that most notebooks render, made once
	$(KEEP) python -c "from headposelib.synth.heads import load_anny; load_anny()"

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

weights: $(READY) runs/pose-small.h5 runs/places.h5  ## trains networks like the released ones, for a night, into runs/; BACKGROUNDS=DIR names photographs without people, ICT=DIR the ICT face model
	headpose train pose --ds runs/pose-small.h5 --outdir runs/pose-small --backbone mobilenetv1_w050 --epochs 200 --lr 8e-3 --batchsize 32 \
	  --nll --points-loss distance --nll-reduction sum --rampup-nll-losses --cosine --sizes 65:.3,97:.35,129:.35 --cache --with-swa
	headpose export runs/pose-small/swa.ckpt runs/pose-small.onnx --full --force
	headpose train localizer --ds runs/places.h5 --outdir runs/localizer --tight .1
	headpose export runs/localizer/best.ckpt runs/head-localizer.onnx --force

runs/pose-small.h5: | $(READY)
	mkdir -p runs
	headpose synth $@ --recipe headposelib/weights/pose-small.toml $(if $(BACKGROUNDS),--backgrounds $(BACKGROUNDS)) $(if $(ICT),--family anny:3+$(ICT):1)

runs/places.h5: | $(READY)
	mkdir -p runs
	headpose places $@ -n 24000 --part train $(if $(BACKGROUNDS),--photos .6 --backgrounds $(BACKGROUNDS))

clean: own              ## everything that the other targets made, the environment included
	rm -rf $(VENV) _docs _proc demo build dist *.egg-info
