#!/bin/sh
# Make or refresh .venv: `setup.sh run` (product lock) or `setup.sh dev` (both locks). A stamp keeps a second call instant.
set -eu
cd "$(dirname "$0")/.."

case ${1-} in
    run) lock=requirements.lock ;;
    dev) lock=requirements-dev.lock ;;
    *)
        echo "用法 usage: scripts/setup.sh run|dev" >&2
        exit 2
        ;;
esac

suitable() { # interpreter
    "$1" -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' >/dev/null 2>&1
}

find_python() {
    for candidate in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
        if suitable "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    echo "没有找到 Python 3.11、3.12 或 3.13（含 venv 模块）。请安装后重试，或指明位置：make setup PYTHON=/…/python3.12" >&2
    echo "No Python 3.11, 3.12 or 3.13 with its venv module was found. Install one, or name it with PYTHON=." >&2
    exit 3
}

# What the environment depends on: this folder (its path stands in .venv), the interpreter, the lock, the package's own entry.
fingerprint() { # lock
    { pwd -P && .venv/bin/python -V && cat "$1" pyproject.toml; } | cksum
}

stamped() { # purpose lock
    [ "$(cat ".venv/.setup-$1" 2>/dev/null)" = "$(fingerprint "$2")" ]
}

# A folder that was moved, or whose interpreter is gone, cannot be mended: it is made anew.
if ! suitable .venv/bin/python || ! grep -qsF "$(pwd -P)/" .venv/bin/pip; then
    python=$(find_python)
    rm -rf .venv
    echo "正在建立 .venv（$("$python" -V)）making .venv"
    "$python" -m venv .venv
fi

# The dev lock holds the product lock, so an up-to-date dev environment can also run.
if stamped dev requirements-dev.lock || stamped "$1" "$lock"; then
    exit 0
fi

echo "正在安装 $lock installing $lock"
rm -f .venv/.setup-*
pip() {
    .venv/bin/python -m pip --disable-pip-version-check --quiet "$@"
}
pip install --require-hashes -r "$lock"
pip install --no-index --no-deps --no-build-isolation -e .
fingerprint "$lock" >".venv/.setup-$1"
