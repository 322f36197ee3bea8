#!/usr/bin/env bash
# Writes the reference values of tests/assessment/stats anew with R; installs R and its packages where they are missing.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/system_packages.sh

Rscript -e 'for (name in c("survey", "jsonlite", "MASS")) loadNamespace(name)' >/dev/null 2>&1 ||
    install_packages r-base-core r-cran-survey r-cran-jsonlite r-cran-mass
Rscript tools/reference_values.R
Rscript -e 'cat(R.version.string, "- survey", format(packageVersion("survey")), "\n")'
git --no-pager diff --stat -- tests/assessment/stats/reference
