"""Words that say nothing of what is looked for, or little.

Stop words are indexed in titles and keywords alone, and not searched beside other words. Weak words count half.
"""

from __future__ import annotations

from functools import cache

__all__ = ["stop_words", "weak_words"]

# Among them is what questions are put with: "how much do city workers make", "where can I find".
_STOP_WORDS = {
    "en": """a about am an and any are as at be been being but by can did do does for from had has have i if in into is it its
             me my of on or our per than that the their them then there these they this those to us was we were which will with
             you your could find get gets getting give got how list many me much please show should want what when where who
             whom whose why whats wheres would""",
    "es": """a al algo ante como con cual cuales cuando cuanta cuantas cuanto cuantos de del desde donde e el ella ellas ellos
             en entre era es esa ese eso esta este esto ha han hay la las le les lo los mas me mi mis muy no nos o os otra
             otro para pero por porque que quien se ser si sin sobre son su sus te tiene un una uno y ya buscar encontrar
             mostrar puedo quiero ver""",
}


@cache
def stop_words(language: str) -> frozenset[str]:
    """The stop words of a language, folded; none where none are listed."""
    return frozenset(_STOP_WORDS.get(language.partition("-")[0].lower(), "").split())


# Words that are said of anything. In a catalog of a few hundred datasets such a word can be rare and still tell little, so
# its rarity is not taken at its word.
_WEAK_WORDS = {
    "en": """a actual all also available back bad best better big biggest book call called city cities close closed come comes
             coming complete current different down each easy every everyone far few find first free front full general give
             go goes going gone good great hard help high highest home info information item job keep kind know known large
             largest last late latest learn left life like little live living local long longest look looking lot low lowest
             made major make makes making man men more most much name named near nearby nearest need needed new newest next
             nice number numbers old oldest one online only open other out over part past people person place places plan
             point put quick real recent right room run same see service set side small smallest some someone something start
             stop stuff take taken takes team thing things time times today top total two type types up update updated use
             used useful user uses using various view way week well woman women work working worst year years""",
    "es": """alto anos bajo bien buen bueno casa ciudad cosa cosas dia dias gente grande hacer informacion lugar lugares mal
             mayor mejor menor nombre nuevo numero pequeno persona personas primero servicio tipo tipos total uso vida viejo""",
}


@cache
def weak_words(language: str) -> frozenset[str]:
    """The words of a language that tell little even where they are rare; none where none are listed."""
    return frozenset(_WEAK_WORDS.get(language.partition("-")[0].lower(), "").split())
