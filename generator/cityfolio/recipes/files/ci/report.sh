#!/usr/bin/env bash
# Say what a change does, since the commit that is named: into report/diff.md, and on GitHub at the lines and in the summary.
# Exit code 1 where a breaking change has no note in changes/.
set -euo pipefail

base=${1:?name the commit to compare with}
mkdir -p report
status=0
cityfolio diff "$base" --format markdown > report/diff.md 2> report/error.txt || status=$?
cat report/error.txt >&2
if [ ! -s report/diff.md ]; then
  { printf '### What changes could not be said\n\n'; sed 's/^/    /' report/error.txt; } > report/diff.md
fi
cat report/diff.md
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  cat report/diff.md >> "$GITHUB_STEP_SUMMARY"
  cityfolio diff "$base" --format github || status=$?
fi
exit "$status"
