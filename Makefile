# Two commands are enough on a fresh machine: make demo, make test.
PYTHON ?= python3

.PHONY: demo test check benchmark docs clean
demo: ; $(PYTHON) tools/dev.py demo
test: ; $(PYTHON) tools/dev.py test
check: ; $(PYTHON) tools/dev.py check
benchmark: ; $(PYTHON) tools/dev.py benchmark
docs: ; $(PYTHON) tools/dev.py docs
clean: ; $(PYTHON) tools/dev.py clean
