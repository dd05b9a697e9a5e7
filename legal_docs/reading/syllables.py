"""Whether words are Vietnamese: a syllable is an onset, a rhyme and a tone, and few combinations exist.

By the share of words that are syllables, an encoding that was guessed rightly is told from one that was not.
"""

import re
import unicodedata

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_ONSETS_IN_ORDER = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_ONSETS = tuple(_ONSETS_IN_ORDER.split())
_RHYMES_IN_ORDER = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et "
    "ê êch ên êng ênh êm êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam "
    "oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong oong ooc op ot ô ôc ôi ôm "
    "ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc ui um un ung uơ up ut uê uêch uên uênh uôc uôi uôm "
    "uôn uông uôt uy uya uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt "
    "ươu ưt ưu y yêm yên yêng yêt yêu ynh yt ych"
)
_RHYMES = frozenset(_RHYMES_IN_ORDER.split())
# A syllable that ends in a stop has one of two tones.
_STOPS = ("c", "ch", "p", "t")
_STOP_TONES = {"\u0301", "\u0323"}
_WORDS = re.compile(r"[^\W\d_]+")


def is_syllable(word: str) -> bool:
    """Tell whether a word of any case is a possible Vietnamese syllable."""
    letters, tone = _without_tone(word.lower())
    if letters is None:
        return False
    for onset in ("", *_ONSETS):
        rhyme = letters.removeprefix(onset)
        if rhyme in _RHYMES and letters.startswith(onset):
            return not (rhyme.endswith(_STOPS) and tone not in _STOP_TONES)
    return False


def _without_tone(word):
    """Return the letters with their hooks, horns and circumflexes, and the one tone; (None, "") for more tones."""
    decomposed = unicodedata.normalize("NFD", word)
    tones = [character for character in decomposed if character in _TONES]
    if len(tones) > 1:
        return None, ""
    letters = "".join(character for character in decomposed if character not in _TONES)
    return unicodedata.normalize("NFC", letters), "".join(tones)


def accented_words(text: str) -> list[str]:
    """Return the words that hold letters outside ASCII: the others say nothing about an encoding."""
    return [word for word in _WORDS.findall(unicodedata.normalize("NFC", text)) if not word.isascii()]


def share_of_syllables(text: str) -> float | None:
    """Return which share (0 to 1) of the words with accents are syllables; None where no word has any."""
    words = accented_words(text)
    return sum(map(is_syllable, words)) / len(words) if words else None
