# The commands of the house. `make` alone lists them.
PORT ?= 8000
ARGS ?=
BIN := .venv/bin

COMPILE := $(BIN)/uv pip compile --quiet --generate-hashes --universal --no-header --python-version 3.11

.DEFAULT_GOAL := help
.PHONY: help setup run test check bench lock docs clean

help: ## 列出这些命令 · list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-7s %s\n", $$1, $$2}' Makefile

setup: ## 建立 .venv，含开发工具 · make .venv with the tools for working here
	@scripts/prepare.sh run
	@scripts/setup.sh dev

run: ## 启动网页，端口 PORT=8000 · serve the pages
	@scripts/prepare.sh run
	@scripts/setup.sh run
	@exec $(BIN)/guantong serve --port $(PORT)

test: ## 全部测试，可加 ARGS="-k …" · run every test
	@scripts/test.sh $(ARGS)

check: ## 测试以外的全部检查 · format, lint, types, import contracts, fresh docs
	@scripts/setup.sh dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/docs.py --check

bench: ## 测速，对照预算 · measure against the budgets
	@scripts/bench.sh $(ARGS)

lock: ## 重新锁定依赖 · resolve the two locks anew
	@scripts/setup.sh dev
	$(COMPILE) $(ARGS) requirements.in -o requirements.lock
	$(COMPILE) $(ARGS) requirements-dev.in -o requirements-dev.lock

docs: ## 重新生成 docs/reference · write the generated pages anew
	@scripts/setup.sh dev
	$(BIN)/python scripts/docs.py

clean: ## 删去 .venv 和各种缓存 · remove .venv and all caches
	rm -rf .venv build dist .coverage htmlcov .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache mutants
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find . -name '*.egg-info' -type d -prune -exec rm -rf {} +
