"""Values at the edges of what a line of YAML can hold."""

import pytest
import yaml

from cityfolio.migrate.yaml.text import yaml_text


@pytest.mark.parametrize("values", [{"k" * 110: []}, {"k" * 110: {}}, {"... and so on": "x"}, {"--- not": "x"}],
                         ids=["an empty list under a long key", "an empty group", "dots", "dashes"])
def test_what_is_written_is_read(values):
    assert yaml.load(yaml_text(values), yaml.BaseLoader) == values
