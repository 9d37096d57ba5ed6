#!/usr/bin/env bash
# Publish the site, a folder that is named, in a bucket. BUCKET (s3://name, or s3://name/folder) and the keys that may write there
# are set in the protected environment `production` and nowhere else. A host that is no Amazon is named by AWS_ENDPOINT_URL.
#
# What pages need comes before the pages, and nothing goes before all of them are there: no visitor meets a page without its style.
set -euo pipefail

site=${1:?name the folder that holds the site}
: "${BUCKET:?set it in the environment production}"
BUCKET=${BUCKET%/}
if [ -z "${AWS_ENDPOINT_URL:-}" ]; then
  unset AWS_ENDPOINT_URL
fi
aws s3 sync "$site" "$BUCKET" --no-progress --exclude "*.html" --exclude "manifest.json"
aws s3 sync "$site" "$BUCKET" --no-progress --exclude "*" --include "*.html" --cache-control "no-cache"
aws s3 cp "$site/manifest.json" "$BUCKET/manifest.json" --no-progress --cache-control "no-cache"
aws s3 sync "$site" "$BUCKET" --no-progress --delete
