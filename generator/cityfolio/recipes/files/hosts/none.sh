#!/usr/bin/env bash
# Publish the site, a folder that is named. No host was chosen yet: where FOLDER names a folder of this machine, as on a runner of
# the city's own, it becomes the site there; else the site stays with the run.
set -euo pipefail

site=${1:?name the folder that holds the site}
if [ -z "${FOLDER:-}" ]; then
  echo "FOLDER names no folder: the site is kept with this run, and published nowhere."
  exit 0
fi
FOLDER=${FOLDER%/}
# Beside the old one first, then in its place, so that nobody meets half a site.
mkdir -p "$(dirname "$FOLDER")"
rm -rf "$FOLDER.new" "$FOLDER.old"
cp -R "$site" "$FOLDER.new"
if [ -e "$FOLDER" ]; then
  mv "$FOLDER" "$FOLDER.old"
fi
mv "$FOLDER.new" "$FOLDER"
rm -rf "$FOLDER.old"
