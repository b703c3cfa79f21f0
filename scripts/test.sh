#!/bin/sh
# Everything `make test` does: system packages, environment, tests. Ends with pytest's own last line and exit code.
set -eu
cd "$(dirname "$0")/.."
scripts/prepare.sh test
scripts/setup.sh dev
exec .venv/bin/python -m pytest --numprocesses auto --dist loadfile "$@"
