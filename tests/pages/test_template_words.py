from gettext import NullTranslations

import pytest
from hypothesis import given, strategies as st
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from cityfolio.model.said import Said
from cityfolio.pages.environments import PlainGlobals
from cityfolio.pages.escaping import escaped
from cityfolio.pages.template_words import speak
from pages.drawing import a_theme, draw_site
from pages.factories import a_dataset

SWEDISH = {"Trees": "Träd", "%(count)s trees": "%(count)s <b>träd</b>", "100%% & more": "100%% & mer",
           "Skip to main content": "Hoppa till innehållet"}


class Swedish(NullTranslations):
    """A few words of Swedish."""

    def gettext(self, message: str) -> str:
        return SWEDISH.get(message, message)


def an_environment(kind=Environment, *, is_plain=False):
    shouting = "{% macro loud(text) %}{{ text }}!{% endmacro %}{% macro gettext(text) %}{{ text }}?{% endmacro %}"
    environment = kind(loader=DictLoader({"shouting": shouting}), autoescape=True, undefined=StrictUndefined,
                       extensions=["jinja2.ext.i18n"])
    environment.install_gettext_translations(Swedish(), newstyle=True)
    if not is_plain:
        speak(environment, Swedish())
    return environment


def said(text, **values):
    return an_environment().from_string(text).render(values)


@pytest.mark.parametrize("kind", [Environment, PlainGlobals, SandboxedEnvironment])
@pytest.mark.parametrize(
    "text",
    [
        '{{ _("Trees") }} {% trans %}Trees{% endtrans %} {{ gettext("Trees") }}',
        '{{ _("%(count)s trees", count=count) }} {{ _("%(count)s trees", count="<1>") }}',
        '{{ _("%(count)s trees", count=safe) }}',
        "{% trans count=count %}{{ count }} trees{% endtrans %}",
        '{{ _("100%% & more") }} {% trans %}100% & more{% endtrans %}',
        '{{ _("%(count)s of %(safe)s, 100%% %(none)s", count=count, safe=safe, none=none) }}',
        '{{ _("%(safe)s by %(count)s", count=count, safe=safe) }} {{ _("%(count)s, %(count)s", count=count) }}',
        '{{ "<" ~ _("Trees") ~ count }} {{ _("Trees") | upper }} {{ _("Trees", count=1) }}',
        "{% trans n=2 %}{{ n }} tree{% pluralize %}{{ n }} trees{% endtrans %}",
        "{% autoescape false %}{{ _('%(count)s trees', count=count) }}{% endautoescape %}",
        "{% macro part(word) %}{{ word }}{% endmacro %}{{ part(_('Trees')) }}",
        "{% macro part(word) %}{{ word }}{% endmacro %}{{ part(word=_('%(count)s trees', count=count)) }}",
        "{% macro part() %}{{ caller() }}{% endmacro %}{% call part() %}{{ _('Trees') }}{% endcall %}",
        "{% set _ = shout %}{{ _('Trees') }}",
        "{% macro part(_) %}{{ _('Trees') }}{% endmacro %}{{ part(shout) }}",
        "{% macro _(text) %}!{{ text }}{% endmacro %}{{ _('Trees') }}",
        "{% from 'shouting' import loud as _ %}{{ _('Trees') }}",
        "{% from 'shouting' import gettext %}{{ gettext('Trees') }}",
        "{{ _(word) }} {{ _(*[word]) }} {{ _('%(count)s trees', **{'count': 3}) }}",
    ],
    ids=[
        "constant", "with values", "with markup", "trans with a value", "percent", "several values", "in another order",
        "in an expression", "plural", "not escaped",
        "to a macro", "to a macro by name", "in a block that calls", "another name", "another parameter", "a macro",
        "another's macro", "another's macro by its name", "not known before",
    ],
)
def test_words_are_said_as_jinja_says_them(text, kind):
    values = {"count": "<2>", "safe": an_environment().from_string("<i>").render(), "shout": str.upper, "word": "Trees"}

    assert (an_environment(kind).from_string(text).render(values)
            == an_environment(kind, is_plain=True).from_string(text).render(values))


@given(st.text(), st.text())
def test_whatever_is_put_into_words_is_escaped_as_jinja_escapes_it(one, other):
    text = '{{ _("%(count)s trees", count=one) }}{{ _("Trees") ~ other }}'
    values = {"one": one, "other": other}

    assert said(text, **values) == an_environment(is_plain=True).from_string(text).render(values)


TEXTS = st.text()


@given(st.one_of(TEXTS, TEXTS.map(Markup), TEXTS.map(lambda text: Said(text, "es")), st.integers(), st.none(), st.floats()))
def test_a_value_is_escaped_as_markupsafe_escapes_it(value):
    assert escaped(value) == escape(value)


def test_words_with_values_are_written_in_pieces():
    code = an_environment().compile('<p>{{ _("100%% of %(count)s trees.", count=count) }}</p>', raw=True)

    assert "'<p>100% of '" in code
    assert "' trees.</p>'" in code
    assert "%" not in code.replace("100%", "")


def test_words_that_lack_a_value_fail_only_where_they_are_said():
    text = '{% if wanted %}{{ _("%(count)s trees") }}{% endif %}'

    assert said(text, wanted=False) == ""
    with pytest.raises(KeyError, match="count"):
        said(text, wanted=True)


def test_a_value_that_does_not_exist_fails_as_anywhere():
    with pytest.raises(UndefinedError, match="'number' is undefined"):
        said('{{ _("%(count)s trees", count=number) }}')


def test_words_that_never_change_cost_nothing_when_a_page_is_drawn():
    code = an_environment().compile('<p>{{ _("Trees") }}</p>', raw=True)

    assert "<p>Träd</p>" in code


def test_one_language_after_another_is_not_mixed_up():
    sites = [draw_site(a_dataset(), theme=a_theme(translations=translations))
             for translations in (NullTranslations(), Swedish(), NullTranslations())]

    assert [site.page("/about/").all("a")[0].text for site in sites] == [
        "Skip to main content", "Hoppa till innehållet", "Skip to main content"]


def test_a_part_has_what_is_global_to_all_templates_and_to_the_one_that_imports_it():
    environment = PlainGlobals(loader=DictLoader({"part": "{% macro told() %}{{ city }}, {{ land }}{% endmacro %}"}))
    environment.globals["city"] = "Malmö"

    page = environment.from_string('{% from "part" import told %}{{ told() }}', globals={"land": "Sweden"})

    assert page.render() == "Malmö, Sweden"
