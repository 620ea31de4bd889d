"""Closed classes of German words that the rules rest on.

German writes nouns with a capital, so a capitalised word of these classes in the middle of text
starts a sentence, and a lower-case one says what stands around a name or number.
"""

# Words that start a sentence when capitalised: articles, pronouns, prepositions, conjunctions.
_STARTERS_WORDS = """
Der Die Das Den Dem Des Ein Eine Einen Einem Einer Eines Es Er Sie Wir Ich Man Ihr Ihre Ihren
Ihnen Sein Seine Unser Unsere Dieser Diese Dieses Diesen Diesem Jene Jeder Jede Jedes Alle Allen
Alles Beide Beiden Beides Einige Viele Mehrere Manche Keine Kein Keiner Niemand Jemand Wer Wen Wem
Welche Auf Im In Am An Bei Beim Nach Vor Zu Zur Zum Aus Mit Für Über Unter Von Vom Seit Gegen
Durch Ohne Um Bis Ab Wegen Trotz Während Laut Gemäß Zwischen Neben Hinter Statt Anhand Da Daher
Dadurch Dafür Dagegen Damit Danach Daran Darauf Darüber Davon Dazu Dabei Hierzu Hierbei Hier
Hierfür Hieraus Hiermit Nun Dann Dort Zunächst Anschließend Abschließend Zuerst Zuletzt Ferner
Außerdem Weiterhin Zudem Zusätzlich Schließlich Weil Wenn Nachdem Aufgrund Sobald Sofern Falls
Obwohl Ob Dass Also Aber Auch Noch Nur Derzeit Aktuell Bisher Bislang Gleichzeitig Zwei Drei Vier
Fünf Sechs Sieben Acht Neun Zehn Elf Zwölf Herr Frau Herrn Herren Frauen Inzwischen Leider
Insgesamt Mittlerweile Nochmals Erneut Ebenso Ebenfalls Eingangs Offen Sonst Sowohl Weder Weitere
Weiteren Wie Wo Wann Warum Was So Seitens Entsprechend Zurzeit Jetzt Heute Morgen Gestern Künftig
Zukünftig Vorab Vielmehr Jedoch Trotzdem Deshalb Deswegen Demnach Somit Ganz Sehr Oben Einstimmig
Mehrheitlich
"""
STARTERS = frozenset(_STARTERS_WORDS.split())

_PREPOSITIONS_WORDS = """
zu zum zur unter um als in im an am bei beim von vom ab nach vor mit und oder bis auf siehe vgl s.
sowie für über der die das den dem des aus durch gegen ohne wegen je pro ca laut gemäß
entsprechend
"""
PREPOSITIONS = frozenset(_PREPOSITIONS_WORDS.split())

# After an ordinal number these words go on with it: "1. Vorsitzende", "18. Sitzung", "3. Quartal".
ORDINAL_NOUNS = (
    r"(?:Vorsitzende|Vors\.|\w{0,40}[Ss]itzung\b|Treffen\b|\w{0,40}(?:[Tt]reffen|[Kk]onferenz|[Vv]ersammlung|[Zz]usammenkunft|[Tt]agung|[Bb]eratung|[Rr]unde|[Bb]esprechung)[ ](?:am|vom|des|der|\d)|Bürgermeister|Beigeordnet|Stellvertreter|stellv|Quartal\b|Halbjahr\b|Hj\b|Klasse\b|Etage\b|Stock\b|OG\b|Obergeschoss|Lesung\b|Jahrestag\b"
    r"|Geburtstag|Kreisbeigeordnet|Schriftführer|Kassierer|Kassenprüfer|Kassenwart|Beisitzer|Platz\b|Mal\b|Runde\b|Woche\b|Tag\b|Preis\b|Rang\b|Weltkrieg|Mannschaft\b|Jahrgang\b|Schuljahr\b|Arbeitstreffen\b|Bauabschnitt|BA\b"
    r"|Vizepräsident|Landesbeauftragt)"
)

_ABBREVIATIONS_WORDS = """
z b d h u a o ä i v e bzw ca evtl ggf ggfs inkl exkl zzgl vgl usw etc bspw insb insbes sog z.b d.h
u.a o.ä i.v e.v i.r i.d.r u.s.w m.e dr prof dipl ing med rer nat phil jur habil hc mag bacc st str
nr tel fax abs art hr fr fam kath ev ehem gem gez geb stv wg stellv vors vorst schriftf verw zust
verantw max min mind std mio mrd tsd eur s sep sept okt nov dez jan feb apr jun jul aug mo di mi
do sa so kto blz pos anl anm bes allg öff nichtöff bgm obgm ob bm br hnr lt mtl jährl tägl ausschl
einschl entspr erg zt z.t z.zt p enth hrn frl pfr sr fa anlg ziff kap az vs usf bgmin vert bev gegenst abst
"""
ABBREVIATIONS = frozenset(_ABBREVIATIONS_WORDS.split())

NUMBER_WORDS = {
    "kein": 0, "keine": 0, "keiner": 0, "keinen": 0, "keinem": 0, "ohne": 0, "null": 0, "niemand": 0,
    "ein": 1, "eine": 1, "einer": 1, "einem": 1, "einen": 1, "eins": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5,
    "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12, "dreizehn": 13,
    "vierzehn": 14, "fünfzehn": 15, "sechzehn": 16, "siebzehn": 17, "achtzehn": 18, "neunzehn": 19, "zwanzig": 20,
}  # fmt: skip


def number(word: str) -> int | None:
    """An integer from digits or a small number word."""
    if word.isdecimal() and len(word) <= 6:
        return int(word)
    return NUMBER_WORDS.get(word.lower())
