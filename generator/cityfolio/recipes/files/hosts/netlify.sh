#!/usr/bin/env bash
# Publish the site, a folder that is named, on Netlify. NETLIFY_SITE_ID and NETLIFY_AUTH_TOKEN are set in the protected
# environment `production` and nowhere else.
set -euo pipefail

site=${1:?name the folder that holds the site}
: "${NETLIFY_SITE_ID:?set it in the environment production}" "${NETLIFY_AUTH_TOKEN:?set it in the environment production}"
npx --yes netlify-cli@[[netlify]] deploy --prod --no-build --dir "$site"
