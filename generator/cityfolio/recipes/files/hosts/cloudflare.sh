#!/usr/bin/env bash
# Publish the site, a folder that is named, on Cloudflare Pages. CLOUDFLARE_PROJECT, CLOUDFLARE_ACCOUNT_ID and
# CLOUDFLARE_API_TOKEN are set in the protected environment `production` and nowhere else.
set -euo pipefail

site=${1:?name the folder that holds the site}
: "${CLOUDFLARE_PROJECT:?set it in the environment production}" "${CLOUDFLARE_API_TOKEN:?set it in the environment production}"
npx --yes wrangler@[[wrangler]] pages deploy "$site" --project-name "$CLOUDFLARE_PROJECT" --branch main
