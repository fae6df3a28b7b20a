"""Whether a text reads as one sentence. A point after an abbreviation or within a number ends none."""

from __future__ import annotations

import re

# "St. Mary's", "Dr. Ruiz", "e.g. the counter": whatever follows, the sentence goes on.
_NEVER_ENDS = re.compile(
    r"st|mr|mrs|ms|messrs|dr|prof|gov|sen|rep|lt|sgt|capt|hon|mt|ft|ave|blvd|rd|hwy|apt|ste|bldg|dept|vs|cf|incl|excl|esp|resp|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|thurs?|fri"
)
# "No. 5", "approx. 30": the sentence goes on where a number follows.
_NO_END_BEFORE_A_NUMBER = re.compile(r"nos?|pp?|fig|sec|art|vol|ch|para?|ca|approx|min|max|est|avg|ord|res")
# After an end there is a blank and then a capital letter, a number or an opening quotation mark.
_END = re.compile(r"(?P<word>[\w.'’/-]*)(?P<sign>[.!?…]+)[\"”’')\]]*\s+(?=(?P<next>[\"“‘'(\[]?[^\W_a-z]))")
# A new line that goes on in small letters is a line that was too long.
_LINE = re.compile(r"\S[ \t]*\n\s*(?=[^\sa-z])")


def is_one_sentence(text: str) -> bool:
    """Whether nothing follows the end of the first sentence. Lines below each other are sentences of their own."""
    said = text.strip()
    if _LINE.search(said):
        return False
    return not any(_ends(found) for found in _END.finditer(said))


def _ends(found: re.Match[str]) -> bool:
    word = found["word"].casefold().strip("'’")
    if found["sign"] != "." or not word or word[0].isdigit():
        return True
    if _NEVER_ENDS.fullmatch(word) or (_NO_END_BEFORE_A_NUMBER.fullmatch(word) and found["next"][-1].isdigit()):
        return False
    # "U.S. Census", "e.g. Spanish", "5 p.m. The", "J. Ruiz": points inside a word, or one letter alone.
    return "." not in word and not (len(word) == 1 and word.isalpha())
