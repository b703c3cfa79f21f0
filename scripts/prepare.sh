#!/bin/sh
# Install what is missing of packages.txt: `prepare.sh run` or `prepare.sh test` (which includes run).
# Nothing missing: says nothing, changes nothing. Not allowed to install: prints the one line to type and stops.
set -eu
cd "$(dirname "$0")/.."

usage() {
    echo "用法 usage: scripts/prepare.sh run|test" >&2
    exit 2
}

has_dpkg() {
    command -v dpkg-query >/dev/null 2>&1
}

installed() { # package
    has_dpkg && [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

found() { # probe
    if [ "$1" = - ]; then
        ! has_dpkg # nothing to ask: believed to be there on a system without Debian packages
    else
        sh -c "$1" >/dev/null 2>&1
    fi
}

missing_for() { # purpose
    while read -r purpose package probe; do
        case $purpose in run | "$1") ;; *) continue ;; esac
        installed "$package" || found "$probe" || printf '%s ' "$package"
    done <packages.txt
}

may_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    if [ "$(id -u)" -eq 0 ]; then
        as_root=''
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root='sudo -n'
    else
        return 1
    fi
}

stop_with_advice() { # packages
    echo "还缺系统软件包 missing: $1" >&2
    if command -v apt-get >/dev/null 2>&1; then
        echo "请先执行 please type:" >&2
        echo "    sudo apt-get update && sudo apt-get install --no-install-recommends $1" >&2
    else
        echo "请用本系统的软件包管理器安装（名称按 Debian）。Please install them; the names are Debian's." >&2
    fi
    exit 3
}

[ $# -eq 1 ] || usage
case $1 in run | test) ;; *) usage ;; esac

missing=$(missing_for "$1")
missing=${missing% }
[ -n "$missing" ] || exit 0
may_install || stop_with_advice "$missing"

echo "正在安装系统软件包 installing: $missing"
# The lists of words are meant to be split here: sudo with its option, and the packages.
# shellcheck disable=SC2086
$as_root apt-get -q -o DPkg::Lock::Timeout=120 update
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=120 \
    install --no-install-recommends $missing
