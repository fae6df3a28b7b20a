"""Reading a sentence for a quota: groups of people, staff, what staff hold, and numbers, each put as one mark, and the patterns they make.

Groups are those of the codebook's lists and what people call them in everyday English. Languages are none of them: to speak Spanish is a skill.
"""

from __future__ import annotations

import re
from functools import cache

from equitybook.codebook.categories import RACE, SEX

_NO_GROUP = frozenset({"TWO", "OTHER", "UNK"})
_EVERYDAY = (
    r"wom[ae]n", r"m[ae]n", r"latin[aoex]s?", r"latinx", r"(?:asian|mexican|native)[\s-]americans?", r"native alaskans?", r"indigenous", r"arabs?",
    r"mena", r"aapis?", r"bipoc", r"poc", r"minorit(?:y|ies)", r"non-?white", r"multiracial", r"biracial", r"divers(?:e|ity)",
    r"(?:people|persons?|individuals|wom[ae]n|m[ae]n) of colou?r", r"nonbinary", r"transgender", r"lgbtq?i?a?\+?", r"disabled",
    r"(?:people|persons?|individuals) (?:with (?:a )?disabilit(?:y|ies)|of two or more races)",
)  # fmt: skip
_STAFF = (
    "staff(?:ers)? employees? workforce personnel officers? hires recruits cadets? trainees? interns? supervisors? managers? directors? "
    "deput(?:y|ies) chiefs? sergeants? lieutenants? captains? commanders? detectives? leaders? foremen executives? officials? administrators? "
    "professionals? paraprofessionals? technicians? dispatchers? clerks? librarians? engineers? planners? inspectors? analysts? accountants? "
    r"assistants? aides? mechanics? drivers? operators? laborers? custodians? nurses? paramedics? emts? teachers? counsel?lors? \w*fighters? "
    r"\w*workers? \w*guards?"
)
_HELD = r"(?:positions?|jobs?|openings?|vacanc(?:y|ies)|promotions?|appointments?|slots?|seats?)(?!\s+(?:fairs?|boards?|postings?|ads?|descriptions?)\b)"
_BODIES = "class(?:es)? academy force department ranks payroll command leadership management"
_NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen "
    "twenty thirty forty fifty sixty seventy eighty ninety hundred"
)
_FRACTION = r"(?:(?:a|one|two|three|four)[\s-]+)?(?:half|halves|thirds?|quarters?|fifths?|tenths?|majority|dozen|couple)"
# A year is no number of people, and neither are days or points.
_NUMBER = (
    rf"(?:(?!(?:19|20)\d\d\b)\d[\d,.]*\b|{_FRACTION}\b|(?:{'|'.join(_NUMBER_WORDS.split())})\b)(?:\s*(?:%|(?:per ?cent|percent)\b))?"
    r"(?!\s*(?:days?|weeks?|months?|years?|hours?|minutes?|points?|times?)\b)"
)


def _of_the_codebook() -> list[str]:
    """Give the single groups of the lists of races and sexes: "Black or African American" are two words for one."""
    labels = [label for one in (RACE, SEX) for code, label in one.labels.items() if code not in _NO_GROUP]
    terms = {term for label in labels for term in re.split(r" or (?:Other )?", re.sub(r"\s*\(.*\)", "", label))}
    return [re.escape(term).replace(r"\ ", r"[\s-]+").replace(r"\-", "-?") + "s?" for term in sorted(terms)]


@cache
def _marks() -> tuple[tuple[str, re.Pattern[str]], ...]:
    # A possessive or a compound is about something else: "women's", "Black-owned", "officers' association".
    end = r"\b(?!['’-])"
    group = "|".join(sorted((*_EVERYDAY, *_of_the_codebook()), key=len, reverse=True))
    written = {
        "‹g›": rf"\b(?:{group}){end}",
        "‹s›": rf"\b(?:{'|'.join(_STAFF.split())}){end}",
        "‹h›": rf"\b{_HELD}{end}",
        "‹b›": rf"\b(?:{'|'.join(_BODIES.split())}){end}",
        "‹n›": rf"\b{_NUMBER}",
    }
    return tuple((mark, re.compile(text, re.IGNORECASE)) for mark, text in written.items())


def marked(sentence: str) -> str:
    """Put marks for words: ‹g› a group, ‹s› staff, ‹h› what staff hold, ‹b› where they stand, ‹n› a number; groups in a row are one."""
    for mark, pattern in _marks():
        sentence = pattern.sub(mark, sentence)
    return re.sub(r"‹g›(?:(?:\s*[,/]|\s+(?:and|or))?\s*‹g›)+", "‹g›", sentence)


_AT_LEAST = r"(?:(?:at least|no (?:fewer|less) than|a minimum of|about|around|up to|more than|over|nearly|reach(?:es)?)\s+)*"
_NEW = r"(?:(?:more|new|newly|additional|other|qualified|current|full-?time|part-?time|sworn|active|experienced|young)\s+)*"
_NEAR = r"[^.;]{0,40}?"
_NOT_STAFF = r"(?:applica\w*|candidates?|residents?|customers?|patrons?|students?|children|for|to|on|and|or|of)\b"
_TO_STAFF = rf"(?:\s+(?!{_NOT_STAFF})[\w-]+){{0,2}}\s+‹s›"
_NO_OTHER_THING = (
    r"(?=\W*$|\s*[.,:)!?]|\s+(?:by|in|on|at|as|to|from|per|each|every|a|within|before|until|this|next|into|among|across|and|or|who|are|is|will|people|persons?)\b"
    rf"|{_TO_STAFF})"
)
_PEOPLE = rf"‹g›{_NO_OTHER_THING}"
"""People of a group: not "Black churches", not "Black applicants"."""

_DONE = r"(?:hired|promoted|appointed|employed|recruited)\b"
_AMONG = rf"(?:in|among|on|of|at)\s+(?:(?!{_NOT_STAFF})[\w-]+\s+){{0,3}}?‹[shb]›"
_GROUP_OF_STAFF = rf"(?:‹g›(?:{_TO_STAFF}|(?:\s+people)?\s+{_DONE}|\s+{_AMONG})|‹s›\s+(?:of colou?r\b|who are ‹g›|with (?:a )?disabilit(?:y|ies)\b))"
"""People of a group among the staff: "Black police officers", "women among new hires", "women promoted", "staff of color"."""

_A_NUMBER_OF = r"(?:(?:the\s+)?(?:total\s+)?(?:number|share|percentage|proportion|per ?cent|%|count|representation)\s+of\s+(?:(?:the|our|all)\s+)?)?"
_ACTS = r"(?<!\bnew )\b(?:(?:hir|promot|employ|recruit|appoint|select|add)(?:e|es|ed|ing|s)?|bring on|swear in)\b"
_RESERVES = r"\b(?:reserv(?:e|es|ed|ing)|set(?:ting)? aside|hold(?:s|ing)?|earmark(?:s|ed|ing)?|keep(?:s|ing)?|fill(?:s|ed|ing)?|giv(?:e|es|ing)|award(?:s|ed|ing)?)\b"
_CHANGES = r"\b(?:increas|rais|grow|boost|expand|bring|lift|get|mov|promot|appoint|reduc|lower|cut)(?:e|es|ed|ing|s)?\b"
_IS = r"\b(?:be|are|is|become|come from|from|to|for|held by|go(?:es)? to)\b"
_MAKES_UP = r"\b(?:mak(?:e|es) up|accounts? for|holds?|fills?|represents?|constitutes?|comprises?|forms?|be|are|is|gets?|receives?|reach(?:es)?)\b"
_FEW_WORDS = r"(?:\s+(?!(?:for|about|on|between|through|than|with|applicants?|candidates?|standards?)\b)[\w’'‹›-]+){0,5}?\s+"

ACTS = (
    # Hire 3 Black officers; recruit five officers who are Latino.
    rf"{_ACTS}{_NEAR}‹n›{_FEW_WORDS}{_PEOPLE}",
    # Reserve 2 positions for Black applicants; fill half of the openings with women.
    rf"{_RESERVES}{_NEAR}‹n›{_NEAR}‹h›(?:\s+[\w-]+){{0,3}}?\s+(?:for|with|to|by)\s+{_NEW}(?:{_PEOPLE}|‹g›\s+(?:applicants?|candidates?)\b)",
)
"""What is to be done: a quota wherever it stands."""

STANDINGS = (
    # At least 20 percent of new hires will be women; half of all promotions to go to women.
    rf"‹n›[^.;]{{0,30}}?‹[shb]›[^.;]{{0,30}}?{_IS}[^.;]{{0,20}}?{_PEOPLE}",
    # Women make up half of all hires.
    rf"‹g›(?:\s*[:=]|[^.;]{{0,20}}?{_MAKES_UP})\s+{_AT_LEAST}‹n›[^.;]{{0,30}}?‹[shb]›",
    # Every third hire a woman; one in three new officers is to be Latino.
    rf"\b(?:(?:every|each)\s+(?:‹n›|other|second|\d+(?:nd|rd|th))|‹n›\s+(?:in|of|out of)\s+‹n›)\s+{_NEW}(?:hire|promotion|appointment|position|opening|‹s›|‹h›)"
    rf"[\s,:-]+(?:{_IS}\s+)?(?:(?:to|a|an|be|filled|by|with|should|must|will|go|goes)\s+)*{_NEW}{_PEOPLE}",
    # Make 25 percent of our officers people of color.
    rf"\b(?:mak|hav|see)(?:e|es|ing)?\b{_NEAR}‹n›\s+of\s+(?:(?:the|our|all)\s+)?{_NEW}‹[shb]›\s+(?:be\s+)?{_PEOPLE}",
    # Bring women to a quarter of the firefighters.
    rf"{_CHANGES}{_NEAR}‹g›{_NEAR}\b(?:to|at)\s+{_AT_LEAST}‹n›\s+of\b[^.;]{{0,20}}?‹[shb]›",
    # Increase the number of Black officers from 3 to 6.
    rf"{_CHANGES}{_NEAR}{_GROUP_OF_STAFF}{_NEAR}\b(?:to|by|from|at)\s+{_AT_LEAST}‹n›",
    # Double the number of women officers.
    rf"\b(?:doubl|tripl)(?:e|es|ed|ing)\s+{_A_NUMBER_OF}{_NEW}{_GROUP_OF_STAFF}",
    # 15 Black employees by 2028; no fewer than four Hispanic police officers; a minimum of 2 Latinos in each recruit class.
    rf"‹n›\s+{_NEW}{_GROUP_OF_STAFF}",
)
"""What is to be so: a quota unless the sentence is about a process."""

COUNTED = (
    # What is counted is people of the group among the staff, and nothing that happens to them.
    rf"^\W*{_A_NUMBER_OF}(?:(?!(?:of|by|for|to|from|between|with|per)\b)[\w-]+\s+){{0,2}}?{_GROUP_OF_STAFF}(?:\s+‹[shb]›)*"
    rf"(?=\W*$|\s*[,;:(–—]|\s+(?:in|on|at|among|by|as|per|each|a|within|of|{_DONE})\b)",
    # Female share of the workforce.
    rf"^\W*{_NEW}‹g›\s+(?:share|percentage|proportion|representation)\s+(?:of|among|in)\b{_NEAR}‹[shb]›",
)
"""What a measure counts, from its first word on."""

PANEL = r"\b(?:panels?|committees?|working groups?|advisory)\b"
PROCESS = (
    rf"{PANEL}|\b(?:interview|survey|ask|listen|hear|talk|train|mentor|coach|invit|support|exit|workshop|prepar|stay|remain|retain|"
    r"retention|turnover|attrition|resign|complain|disciplin|dismiss|injur|applica|candidate)\w*|\b(?:still|leaves?|left|quit|gaps?|ratios?|rates?|"
    r"pay|wages?|salar(?:y|ies)|pools?|waits?|courses?)\b|\bwho (?!are\b)"
)
"""What happens to people, or how the work is done: that may be aimed at."""

QUOTA = r"\bquotas?\b"
NO_QUOTA = (
    r"\b(?:no|not|nor|never|without|instead of|rather than|free of|against|avoid|than)(?:\s+[\w-]+){0,2}?\s+quotas?\b"
    r"|\bquotas?\s+(?:are|is|were|do|does)\s+(?:not|never)\b|\bquota-free\b"
)
