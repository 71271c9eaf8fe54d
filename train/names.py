"""The name corpora mapped to one inventory: PER ORG LOC NORP EVENT MISC TIME.

What the corpora call names differs, so these rules settle it once (None masks a word):
- GMB `gpe` mixes nationalities with countries: demonyms become NORP, the rest LOC. The same test sends
  demonyms that other types hold (Muslim as org, Western as per) and MISC of wikigold to NORP.
- GMB `geo` and `org` waver over the same string (a capital for its government): a string that is mostly geo is LOC,
  save a few bodies of states (U.N., EU, NATO), which are always ORG.
- Titles ("President", "Prime Minister", "Mr.") are cut from the front of PER; a title alone is no name.
- wikigold MISC that is no demonym and CrossNER misc have no match here and are masked; neither corpus marks
  times, so their months, weekdays and years are masked rather than taught as no name.
"""

import re
from collections import Counter

from labels import spans

GMB = {"per": "PER", "org": "ORG", "geo": "LOC", "gpe": "NORP", "tim": "TIME", "art": "MISC", "eve": "EVENT",
       "nat": "MISC"}
WIKIGOLD = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "MISC": None}
CROSSNER = {"politician": "PER", "person": "PER", "politicalparty": "ORG", "organisation": "ORG", "country": "LOC",
            "location": "LOC", "election": "EVENT", "event": "EVENT", "misc": None}

TITLES = set("""president presidents prime minister ministers mr. mr mrs. mrs ms. ms dr. dr sir lord senator senators
sen. rep. representative congressman congresswoman general gen. lieutenant lt. colonel col. captain capt. major maj.
sergeant sgt. admiral king queen prince princess pope chancellor secretary secretary-general governor gov. judge
justice ambassador professor prof. sheikh ayatollah cardinal archbishop bishop premier vice foreign defense deputy
spokesman spokeswoman chief director mayor emperor former rev. reverend chairman ex-president vice-president
president-elect commander leader coach imam king leader then-president""".split())

DEMONYMS = set("""dutch french greek greeks czech czechs slovak slovaks thai thais swiss arab arabs kurd kurds serb
serbs croat croats afghan afghans filipino filipinos turk turks turkmen uzbek uzbeks tajik tajiks kazakh kazakhs
kyrgyz uighur uyghur uighurs spaniard spaniards pole poles dane danes swede swedes finn finns scot scots briton
britons welsh basque basques philippine tamil tamils pashtun pashtuns tutsi tutsis hutu hutus sunni sunnis shiite
shiites shi'ite shi'ites shia muslim muslims jew jews christian christians catholic catholics western westerners
african-american hispanic hispanics latino latinos palestinian argentine chechen chechens roma druze maoist islamist
islamists argentinian bosniak bosniaks hindu hindus buddhist buddhists sikh sikhs islamic protestant protestants
orthodox kosovar kosovars slav slavs maltese republican republicans democrat democrats democratic baathist communist
israeli israelis german germans somali somalis kenyan kenyans yugoslav yugoslavs libyan libyans bangladeshi
bangladeshis slovene slovenes mongol mongols aussie aussies nepali nepalis uruguayan uruguayans icelandic lankan
lankans saudi saudis argentines hawaiian azeri azeris lao monegasque malagasy motswana basotho tibetan zionist marxist""".split())
ORGANISATIONS = {"U.N.", "UN", "United Nations", "EU", "European Union", "NATO"}
COUNTRIES_LIKE_DEMONYMS = set("""sudan jordan afghanistan pakistan iran japan taiwan azerbaijan bhutan oman lebanon
kazakhstan uzbekistan tajikistan turkmenistan kyrgyzstan kurdistan hunan dagestan isfahan milan michigan vatican
haiti fiji mali brunei burundi malawi djibouti delhi karachi chechnya dominican san japan abidjan tunis paris balkans
americas mumbai abu dubai helsinki cayman bataan waziristan baluchistan balochistan rajasthan saipan busan teheran
niger""".split())
SUFFIX = re.compile(r"(ian|ean|can|ban|nan|dan|lan|uan|ran|tan|han|ese|ish|[aeiouqsnbdtr]i|iot|egian)s?$")


def demonym(words):
    """Whether a name is that of people by nation, faith or party rather than of a place."""
    last = words[-1].lower()
    if last in DEMONYMS:
        return True
    return last not in COUNTRIES_LIKE_DEMONYMS and not last.endswith("stan") and bool(SUFFIX.search(last))


def _time_like(word):
    return bool(re.match(r"^((19|20)\d\d(s)?|\d{1,2}(st|nd|rd|th)?)$", word)) or word.rstrip(".").lower() in {
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "monday",
        "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}


def _mostly_geo(sentences):
    geo, other = Counter(), Counter()
    for words, tags in sentences:
        for start, end, kind in spans(tags):
            (geo if kind == "geo" else other)[" ".join(words[start:end])] += kind in ("geo", "org", "per")
    return {text for text, n in geo.items() if n >= 8 and n > other[text]}


def _gmb_type(kind, words, geo):
    text = " ".join(words)
    if text in ORGANISATIONS:
        return "ORG"
    if kind == "gpe":
        return "NORP" if demonym(words) and text not in geo else "LOC"
    if kind in ("org", "per") and text in geo:
        return "LOC"
    if kind in ("org", "per") and len(words) == 1 and words[0].lower() in DEMONYMS:
        return "NORP"
    return GMB[kind]


def map_gmb(sentences):
    """[(words, tags)] with GMB tags to the same words with our tags."""
    geo = _mostly_geo(sentences)
    out = []
    for words, tags in sentences:
        mapped = ["O"] * len(words)
        for start, end, kind in spans(tags):
            label = _gmb_type(kind, words[start:end], geo)
            while label == "PER" and start < end and words[start].lower() in TITLES:
                start += 1
            for i in range(start, end):
                mapped[i] = ("B-" if i == start else "I-") + label
        out.append((words, mapped))
    return out


def map_masked(sentences, types):
    """Corpora without times and with types we cannot map: those words get None (masked)."""
    out = []
    for words, tags in sentences:
        mapped = [None if _time_like(w) else "O" for w in words]
        for start, end, kind in spans(tags):
            label = types[kind]
            if label is None and kind in ("MISC", "misc") and end - start == 1 and demonym(words[start:end]):
                label = "NORP"
            for i in range(start, end):
                mapped[i] = label and ("B-" if i == start else "I-") + label
        out.append((words, mapped))
    return out
