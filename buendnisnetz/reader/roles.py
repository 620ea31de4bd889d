"""Functions that people hold, as they stand before, behind or below a name."""

import re

_STEM = (
    r"[Vv]orsitzende[rnm]?|[Vv]ors\.|[Vv]orsitz|[Ss]precher(?:in(?:nen)?)?|[Ll]eiter(?:in(?:nen)?)?|[Ll]eitung|[Gg]eschäftsführ(?:er|erin|ung)|[Bb]ürgermeister(?:in(?:nen)?)?s?|Landr(?:at|ätin|ats)|[Bb]eigeordnete[rnm]?"
    r"|[Dd]ezernent(?:in)?|[Rr]eferent(?:in)?|[Ss]chriftführer(?:in)?|[Ss]chriftwart(?:in)?|[Kk]assier(?:er|erin|in)?|[Kk]assenwart(?:in)?|[Kk]assenführer(?:in)?|[Kk]assenprüfer(?:in)?|[Ss]chatzmeister(?:in)?|[Bb]eisitzer(?:in)?|[Mm]itglied"
    r"|[Vv]ertreter(?:in)?|[Vv]ertretung|[Bb]etriebsr(?:at|ätin|ats)|[Bb]eauftragte[rnm]?|[Kk]oordinator(?:in)?|[Mm]oderator(?:in)?|[Mm]oderation|[Pp]rotokollant(?:in)?|[Pp]rotokollführ(?:er|erin|ung)|[Pp]raktikant(?:in)?"
    r"|[Ss]achbearbeiter(?:in)?|[Pp]laner(?:in)?|[Kk]ümmer(?:er|in)|[Rr]ektor(?:in)?|[Pp]farrer(?:in)?|[Pp]astor(?:in)?|[Dd]iakon(?:in)?|[Mm]inister(?:in)?s?|[Ss]taatssekretär(?:in)?|[Aa]bgeordnete[rnm]?|[Rr]atsherr(?:n|en)?|[Rr]atsfrau|[Rr]atsmitglied"
    r"|[Pp]räsident(?:in)?|[Vv]orstand(?:smitglied)?|[Aa]potheker(?:in)?|[Ää]rzt(?:in)?|[Ll]ehrer(?:in)?|[Ee]rzieher(?:in)?|[Oo]rtsvorsteher(?:in)?|[Dd]irektor(?:in)?|[Ff]achdienst|[Aa]ssistent(?:in)?|[Bb]erater(?:in)?|[Mm]anager(?:in)?|[Pp]ate|[Pp]atin|[Ll]otse|[Ll]otsin|[Hh]ausmeister(?:in)?"
    r"|[Ss]tadtr(?:at|ätin|ats)|[Gg]emeinder(?:at|ätin|ats)|[Kk]reisr(?:at|ätin)|[Ss]tadtverordnete[rnm]?|[Vv]erordnete[rnm]?|[Ii]nhaber(?:in)?|[Tt]rainer(?:in)?|[Jj]ustitiar(?:in)?|[Pp]rüfer(?:in)?|[Ss]ekretär(?:in)?|[Oo]bfrau|[Oo]bmann|[Gg]ast|[Ww]art(?:in)?|[Ss]chwester|[Aa]nwalt|[Aa]nwältin|[Hh]ebamme|[Aa]mtsr(?:at|ätin)|[Aa]ngestellte[rnm]?|[Rr]ichter(?:in)?|[Kk]ommissar(?:in)?|[Ss]uperintendent(?:in)?|[Aa]mtmann|[Aa]mtfrau|[Ii]nspektor(?:in)?|[Ss]chulr(?:at|ätin)|[Ss]tudienr(?:at|ätin)|[Kk]antor(?:in)?|[Dd]ekan(?:in)?|[Bb]eamt(?:er|in)"
    r"|[Ss]ozialarbeiter(?:in)?|[Ss]ozialpädagog(?:e|in)|[Aa]uszubildende[rnm]?|[Gg]astgeber(?:in)?|[Dd]iözesanr(?:at|ätin)|[Ll]ektor(?:in)?|[Mm]eister(?:in)?"
)
_SHORT = r"Pfr\.|Pfrin\.|Sr\.|Diak\.|KTA|StR|OStR|MdL|BM|OBM|BGM|OB|Bgm\.|Bürgerm\.|AL|RL|FBL|FDL|SGL|SGB|Dez\.|GF|Stv\.|stv\.|stellv\.|Stellv\.|stellvertretende[rnm]?|Stellvertretende[rnm]?|Stellvertreter(?:in)?|Erste[rn]?|Zweite[rn]?|kommissarische[rn]?|ehrenamtliche[rn]?|Amtsvorsteher(?:in)?"

ROLE_WORD = rf"(?:(?:[1-5]\. ?)?[A-ZÄÖÜ]?[\wäöüß-]{{0,40}}(?:{_STEM})|{_SHORT})(?:/-?in|\(in\)|:in|\*in)?(?![\wäöüß])"

# One or two function words directly before a name: "Frau Bürgermeisterin", "1. Beigeordneter".
ROLE_LEAD = rf"(?:{ROLE_WORD}(?:[ \t]{{1,9}}(?:i\. ?[VR]\.|a\. ?D\.))?[ \t]{{1,2}}){{1,3}}(?:(?:am|beim)[ \t][A-ZÄÖÜ][\wäöüß-]{{0,30}}(?:gericht|amt|schule|klinikum|theater|dienst)[ \t]{{1,9}})?"
_BARE = re.compile(rf"(?:{ROLE_WORD}[\s,/&]{{0,40}}(?:und[ \t]{{1,9}})?){{1,4}}(?:i\. ?V\.)?")
_LEADING = re.compile(
    rf"(?:{ROLE_WORD}|[Zz]ugleich\b|[Ff]ür (?:das|die) (?:Protokoll|Niederschrift)|[Pp]rotokoll\b|[Ss]chriftf\.|Prot\.|[Ss]chriftführung|[Mm]oderation)"
)


def is_bare_role(words: str) -> bool:
    """ "stellv. Vorsitzende", and nothing else."""
    return bool(_BARE.fullmatch(words.strip()))


def starts_with_role(words: str) -> bool:
    """ "Leiterin des Jugendamts", "FBL 50 Soziales"."""
    return bool(_LEADING.match(words.strip()))
