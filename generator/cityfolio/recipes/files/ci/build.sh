#!/usr/bin/env bash
# Build the site into output/. Every address of the site that is live now must still answer; before there is one, none must.
set -euo pipefail

if grep -q '^base_url:' [[catalog]]/site.yaml; then
  cityfolio build --as-of today --previous live
else
  echo "Give base_url in [[catalog]]/site.yaml: until then no build can tell whether a published address is lost." >&2
  cityfolio build --as-of today
fi
