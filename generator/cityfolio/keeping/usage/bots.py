"""Which programs say of themselves that they are not a reader's: crawlers, monitors, previews, scanners.

Programs that a person runs to take data, such as curl or pandas, are not among them.
"""

from __future__ import annotations

import re
from functools import lru_cache

# "cubot" is a maker of telephones.
WORDS = re.compile(
    r"(?<!cu)bot(?:\b|[_0-9])|robot|crawl|spider|slurp|archiver|scrap(?:er|y)|harvest|indexer|"
    r"feed(?:fetcher|burner|ly|parser|validator)|\brss\b|google-|googleother|mediapartners|apis-google|inspectiontool|"
    r"facebookexternal|meta-external|embedly|preview|unfurl|whatsapp|skypeuri|slack-|"
    r"monitor|uptime|pingdom|statuscake|newrelic|datadog|site24x7|checkly|health.?check|kube-probe|elb-health|"
    r"lighthouse|pagespeed|gtmetrix|headless|phantomjs|puppeteer|playwright|selenium|"
    r"validator|link.?check|linkinator|lychee|cityfolio-links|"
    r"scan(?:ner|ning)?\b|nmap|nikto|nuclei|sqlmap|zgrab|masscan|censys|shodan|expanse|netcraft|"
    r"gptbot|claude|anthropic|openai|chatgpt|perplexity|bytespider|ccbot|cohere|diffbot|petalbot|semrush|ahrefs|mj12|"
    r"yandex(?!.*(?:browser|search/))|baidu(?!.*(?:browser|boxapp))|duckduckgo-favicons|bingpreview|heritrix|nutch|wget-cluster",
    re.IGNORECASE)


@lru_cache(maxsize=4_096)
def is_bot(agent: str) -> bool:
    """Whether a user agent names a program that nobody sits in front of. One that names nothing is taken for such."""
    return not agent.strip() or WORDS.search(agent) is not None
