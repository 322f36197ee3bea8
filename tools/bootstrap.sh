#!/usr/bin/env bash
# Makes .venv with the pinned uv in it. Needs only Python 3.11 or newer; PYTHON=... chooses one.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/system_packages.sh

candidates=("${PYTHON:-}" python3.13 python3.12 python3.11 python3)

# Prints the first Python that runs, is new enough and can do what $1 (Python code) asks.
find_python() {
    local name
    for name in "${candidates[@]}"; do
        if [ -n "$name" ] && "$name" -c "import sys; assert sys.version_info >= (3, 11); $1" 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    return 1
}

make_environment() {
    local python
    if ! python=$(find_python "import venv, ensurepip"); then
        python=$(find_python "") ||
            stop "Merilo needs Python 3.11 or newer. Found: $(python3 --version 2>&1 || echo 'no python3')." \
                "Install it and run again, or name it: PYTHON=/path/to/python make setup"
        # Debian and Ubuntu keep the venv module's pip apart.
        install_packages "python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
    fi
    echo "Making .venv with $("$python" --version)"
    "$python" -m venv .venv
}

.venv/bin/python -c "import sys, pip; assert sys.version_info >= (3, 11)" 2>/dev/null || make_environment
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
