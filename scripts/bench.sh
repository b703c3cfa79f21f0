#!/bin/sh
# Everything `make bench` does: our environment, the peers' own environment (.venv-bench), the measurements.
set -eu
cd "$(dirname "$0")/.."
scripts/setup.sh dev

stamp=.venv-bench/.setup
wanted=$({ pwd -P && .venv/bin/python -V && cat requirements-bench.lock; } | cksum)
if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
    echo "正在安装 requirements-bench.lock installing the peers that we measure against"
    rm -rf .venv-bench
    .venv/bin/python -m venv .venv-bench
    .venv-bench/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements-bench.lock
    printf '%s\n' "$wanted" >"$stamp"
fi

exec .venv/bin/python -m bench "$@"
