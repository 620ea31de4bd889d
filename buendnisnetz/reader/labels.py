"""What a label of minutes announces: "Sitzungsort:", "Entschuldigt:", "Zu erledigen:".

One table serves the line reader, which meets labels at the start of a line, and the flow reader,
which finds them in the middle of text whose line breaks were lost.
"""

import re
from enum import StrEnum
from functools import lru_cache


class Field(StrEnum):
    """What the words behind a label are about."""

    TITLE = "title"
    DATE = "date"
    TIME = "time"
    START = "start"
    END = "end"
    PLACE = "place"
    BODY = "body"
    CHAIR = "chair"
    RECORDER = "recorder"
    PRESENT = "present"
    GROUP = "group"
    EXCUSED = "excused"
    ABSENT = "absent"
    GUEST = "guest"
    INVITED = "invited"
    AGENDA = "agenda"
    PART = "part"
    DECISION = "decision"
    PROPOSAL = "proposal"
    VOTE = "vote"
    TASK = "task"
    SUGGESTION = "suggestion"
    ASSIGNEE = "assignee"
    DUE = "due"
    ATTACHMENT = "attachment"
    NEXT = "next"
    PREVIOUS = "previous"
    APPROVED = "approved"
    DISTRIBUTION = "distribution"
    COURSE = "course"


PEOPLE = frozenset({Field.PRESENT, Field.GROUP, Field.EXCUSED, Field.ABSENT, Field.GUEST})

# Feminine, plural and inclusive endings: Leiterin, Teilnehmer*innen, Vorsitzende(r).
_G = r"(?:[/:*_·]?-?\(?innen\)?|[/:*_·]?-?\(?in\)?|/-?r|\(r\)|/-?n|r|n)?"
_SITTING = (
    r"(?:\w{0,40}sitzung|\w{0,40}treffen|\w{0,40}versammlung|\w{0,40}besprechung|\w{0,40}konferenz|\w{0,40}runde|\w{0,40}abend"
    r"|\w{0,40}zusammenkunft|\w{0,40}termin|\w{0,40}tagung|\w{0,40}gespräch|\w{0,40}workshop|\w{0,40}treff|mal|\w{0,40}beratung|plenum|stammtisch|\w{0,40}sitzungstermin)"
)
_OF_SITTING = rf"(?: (?:der|des|dieser) (?:\w{{1,40}} ){{0,2}}{_SITTING}e?s?)?"
_OF_MINUTES = r"(?: (?:zum|zur|der|des|dieses|dieser) (?:\w{1,40} )?(?:protokolls?|niederschrift|mitschrift))?"

_PATTERNS: tuple[tuple[Field, str], ...] = (
    (Field.PREVIOUS, rf"(?:vorige|letzte|vorherige|vorangegangene)[rsn]? {_SITTING}(?: am| war)?"),
    (
        Field.NEXT,
        rf"(?:die |unsere? |unser )?(?:nächste[rsn]?|kommende[rsn]?|folgende[rsn]?|neue[rs]?|weitere[rsn]?)"
        rf"(?: \w{{1,40}})? {_SITTING}e?n?(?: (?:am|ist|ist am|findet statt|sind|wird))?"
        r"|folgetermin|nächstes mal|wiedersehen|nächster|next"
        rf"|(?:termin|datum|ort und zeit)(?: für)? (?:der|des|die|das) nächsten? {_SITTING}s?",
    ),
    (
        Field.DATE,
        r"(?:sitzungs|tagungs|besprechungs|versammlungs|veranstaltungs)?(?:datum|tag|termin)"
        rf"{_OF_SITTING}(?:(?: und|,| ?/| ?&|-) ?(?:uhr)?zeit)?|wann|date|am|datum(?: und|,| ?/) ?ort"
        r"|tag, ort|ort(?: und|,| ?/| ?&) ?(?:datum|zeit|tag)|zeit(?: und|,| ?/| ?&) ?ort|datum, zeit, ort",
    ),
    (
        Field.TIME,
        rf"(?:sitzungs|tagungs)?(?:zeit|dauer|uhrzeit)(?:raum)?{_OF_SITTING}|von ?[-–] ?bis",
    ),
    (
        Field.START,
        rf"(?:sitzungs|versammlungs|veranstaltungs)?(?:beginn|anfang|start|eröffnung){_OF_SITTING}(?: um)?|begonnen(?: um)?|los ging(?:'?s| es)(?: um)?|von|eröffnet(?: um)?",
    ),
    (
        Field.END,
        rf"(?:sitzungs|versammlungs|veranstaltungs)?(?:ende|schluss|schluß){_OF_SITTING}(?: um| gegen)?|end|beendet(?: um)?|geschlossen(?: um)?|schluss war(?: um)?",
    ),
    (
        Field.PLACE,
        rf"(?:sitzungs|tagungs|versammlungs|veranstaltungs|treff|besprechungs)?(?:ort|raum|lokal|punkt|stätte){_OF_SITTING}"
        r"|wo|location|saal|adresse|place",
    ),
    (
        Field.BODY,
        r"gremium|projektgruppe|ausschuss|organ|verein|name des vereins|projekt|kommission|arbeitsgruppe",
    ),
    (
        Field.CHAIR,
        rf"(?:den |die |der |als )?(?:sitzungs|versammlungs|gesprächs|diskussions|ausschuss|tagungs|rede|besprechungs|veranstaltungs)?"
        rf"(?:leitung|leiter{_G}|vorsitz|vorsitzende{_G}|präsident{_G})(?: (?:führte?|hat|hatte|führt|übernahm))?{_OF_SITTING}"
        rf"|(?:vorsitz|leitung) (?:und|/) moderation|moderation(?: .{{1,30}})?|moderator{_G}|moderiert(?: von)?|geleitet(?: von)?|leitung und moderation"
        rf"|(?:gesprächs|diskussions|sitzungs|versammlungs|verhandlungs)führung|es leitet|einladende{_G}|durch den abend führt|1\. vorsitzende{_G}|(?:erste[rn]? |1\. )?(?:(?:ober)?bürgermeister|landrat|landrät|ortsvorsteher){_G}(?: als vorsitzende{_G})?",
    ),
    (
        Field.RECORDER,
        rf"(?:für (?:das|die) |das |die |als )?(?:protokoll|niederschrift|mitschrift|notizen|schriftführung|schriftführer{_G}|schriftwart{_G}"
        rf"|protokollführung|protokollführer{_G}|protokollant{_G}|protokollierende{_G}|protokollierung|verfasser{_G}|schreibkraft|aufzeichnung)"
        r"(?: (?:führte?|führt|schreibt|schrieb|von|durch|hat|erstellt(?: von| durch)?|übernimmt|übernahm|macht|machte))?"
        r"|(?:erstellt|aufgezeichnet|aufgeschrieben|protokolliert|mitgeschrieben|verfasst|notiert)(?: (?:von|durch))?|protokoll / schriftführung"
        r"|(?:es )?(?:schreibt|schrieb|protokolliert|protokollierte|tippt)|autor(?:in)?|f\. ?d\. ?r\.?.{0,8}|für die richtigkeit(?: .{1,30})?|schriftf\.?|prot\.?",
    ),
    (
        Field.EXCUSED,
        r"entsch\.?|(?:nicht anwesend ?/ ?)?(?:es )?(?:(?:haben|ist|sind|waren|fehl\w{1,40}|abwesend)[ ,/(–-]{0,40})?entschuldigt\)?(?:e|en)?(?: .{1,40})?"
        r"|verhindert.{0,20}|abgemeldet.{0,20}|(?:es )?abgesagt(?: haben| hat)?|absagen?|entschuldigungen|fehl\w{1,40} \(?entschuldigt\)?|abwesend \(?entschuldigt\)?",
    ),
    (
        Field.ABSENT,
        r"(?:es )?fehl(?:t|en|te|ten|end|ende)(?: (?:unentschuldigt|waren|sind))?|abwesend(?:e|en)?(?: .{1,40})?"
        r"|nicht (?:anwesend|erschienen|da|dabei|teilgenommen)(?:e|en)?(?: .{1,40})?|unentsch(?:uldigt|\.).{0,30}",
    ),
    (
        Field.GUEST,
        rf"(?:als |weitere |geladene )?(?:gäste?|gast)(?: ?/ ?.{{1,30}}| .{{1,40}})?|zu besuch|besuch(?:er)?{_G}|referent{_G}|referierende"
        r"|(?:als gäste?|gäste) (?:nahm|nahmen|waren|war|anwesend).{0,30}|beratend|zuhörer(?:innen)?",
    ),
    (Field.INVITED, r"eingeladen.{0,40}|einladung (?:an|ging an).{0,30}|geladen(?: waren)?"),
    (
        Field.PRESENT,
        rf"(?:es |ferner |außerdem |weiterhin |ebenfalls |sonstige |weitere )*(?:waren |sind )?anwesen(?:d|de|den|der)(?: .{{1,50}})?|(?:vom|von der|von den|aus dem|aus der|seitens der) .{{2,40}} anwesend(?: sind| waren)?"
        rf"|(?:weitere |namen der |liste der )?(?:sitzungs|tagungs|treffen)?teilnehm(?:er|ende|enden){_G}(?:liste|kreis)?(?: .{{1,40}})?|teilgenommen(?: haben)?|teilnahme"
        r"|(?:mit )?dabei(?: waren| sind)?|(?:es )?(?:da|erschienen|gekommen|vertreten|zugegen)(?: waren| sind)?|präsenz(?:liste)?|anwesenheit(?:sliste|en)?|tn"
        r"|(?:es |daran |an der sitzung |an dem treffen )?(?:nehmen|nahmen|haben) (?:.{1,30} )?(?:teil|teilgenommen)(?: .{1,30})?|wer war da\??|wer war dabei\??|in der runde",
    ),
    (
        Field.GROUP,
        r"(?:nicht )?(?:stimmberechtigte?|beratende|ordentliche|stellv\.|stellvertretende|gewählte|weitere|sachkundige|entsandte|berufene|sonstige)"
        r"(?: (?:\w{0,40}mitglieder|einwohner|bürger|und|sachkundige|stellvertretende|beratende|elternteile|vertreter(?:innen)?|personen|teilnehmende|teilnehmer(?:innen)?)){0,5}|(?:(?:weitere?|weiterhin|sowie|ferner|außerdem) )?(?:die )?(?:[a-zäöüß-]{1,40} )?\w{0,40}mitglieder|(?:von|aus|seitens) der .{2,50}|(?:mit|ohne) (?:beratender |beschließender )?stimm(?:e|recht)|verwaltung|vom .{2,40}|vorstand|beisitzer(?:innen)?"
        r"|.{2,25}fraktion|\w{0,30}rät(?:e|innen)(?:[/*:_]?-?innen)?|für (?:den|die|das) (?!protokoll|niederschrift).{2,40}|vertreter.{0,40}|ratsmitglieder|stadtverordnete|.{2,30}vertreter(?:innen)?",
    ),
    (
        Field.AGENDA,
        r"(?:geplante |vorläufige |öffentliche |die )?(?:tagesordnung(?:spunkte)?|agenda|themen(?:liste|übersicht|plan)?|ablauf(?:plan)?|programm(?:punkte)?"
        r"|inhalt(?:sverzeichnis|sübersicht)?|tops|top|besprechungspunkte|punkte|themen heute|unsere themen|to)(?: (?:der|des|für|und|im).{2,60})?",
    ),
    (
        Field.PART,
        r"(?:[a-z]\)|[ivx]{1,40}\.|teil [a-z]:?)? ?(?:nicht-? ?)?öffentlicher (?:sitzungs)?teil|(?:nicht-? ?)?öffentliche sitzung|öffentlich|nichtöffentlich",
    ),
    (
        Field.PROPOSAL,
        r"(?:beschluss|beschluß)(?:vorschlag|empfehlung|antrag|entwurf).{0,20}|zur abstimmung (?:steht|stand|gestellt|kommt)|(?:änderungs|ergänzungs)?antrag(?:stext)?(?: (?:nr\.? ?)?\d{1,3})?(?: ?\(.{2,60}\)| (?:von|der|des|frau|herr|herrn) .{2,40})?|abgestimmt wird(?: über)?|text|antragstext|wortlaut",
    ),
    (
        Field.DECISION,
        r"(?:gefasste |die |unsere |folgende )?(?:beschl(?:u|ü)(?:ss|ß)(?:e|fassung)?|beschlossen|entscheidung(?:en)?|festlegung(?:en)?|beschlusstext|beschlusslage|beschlossenes)"
        r"(?:[- ]?(?:nr\.?|nummer)?:? ?[\w./-]{0,14})?(?: ?\(.{2,60}\))?|b ?\d{1,3}(?:[/.-]\d{1,4})?|ergebnis|einigung|konsens|beschlüsse (?:der|des) .{2,40}|wir haben beschlossen|es wurde beschlossen|entschieden",
    ),
    (
        Field.VOTE,
        r"(?:abstimmung|beratung|beschluss)s?(?:ergebnis|verhalten|resultat)(?: .{1,30})?|abst\.?(?:[- ]?erg(?:\.|ebnis)?)?|abstimmung(?:en)?(?: (?:über|zu).{1,40})?|ergebnis der abstimmung|abgestimmt|stimmen(?:verhältnis)?|votum"
        r"|(?:ja|nein)(?:-?stimmen)?|dafür|dagegen|enthaltung(?:en)?|wahlergebnis",
    ),
    (
        Field.TASK,
        r"(?:dringliche |offene |neue |weitere |nächste |unsere |die |verteilte |als )*(?:aufgaben?|to-?[ ]?do'?s?(?:-?liste)?|aufträge|arbeitsauftr(?:ag|äge)|auftrag|schritte|hausaufgaben|arbeitspakete|aktionspunkte|action items|aufgabenliste|aufgabenverteilung|aufgabenübersicht|maßnahmenliste|erledigungsliste|vereinbarungen|verabredungen|maßnahmenplan|arbeitsplan)"
        r"(?: (?:für|an|bis|und|aus|der|des|in).{1,60})?|(?:noch |bis .{3,20} )?zu (?:erledigen|tun)(?: (?:bis|ist|sind|bleibt).{0,40})?|wer macht was.{0,20}|wer tut was.{0,20}|was ist zu tun\??|es bleibt zu tun|(?:das )?weitere[s]? vorgehen|zu erledigende.{0,20}",
    ),
    (
        Field.SUGGESTION,
        r"(?:die |als )?(?:anregungen?|wünsche|empfehlungen|hinweise|bitten|vorschläge) (?:für|an) .{3,60}",
    ),
    (
        Field.ASSIGNEE,
        r"verantwortlich(?:e|er|keit|keiten)?(?:e person| ist| sind)?|verantw\.?|zuständig(?:keit|e|er)?(?: ist| sind)?|wer|umsetzung(?: durch)?|ausführung(?: durch)?|erledigung(?: durch)?|bearbeit(?:er|ung|erin)(?: durch)?|übernimmt|wird übernommen von|federführung|kümmert sich|v|person|name",
    ),
    (
        Field.DUE,
        r"frist|termin|bis(?: wann| zum)?|fällig(?:keit)?(?: am| bis)?|zieltermin|erledigen bis|zu erledigen bis|deadline|erledigung bis|abgabe(?:termin)?|wiedervorlage|zeitpunkt|bis spätestens",
    ),
    (
        Field.ATTACHMENT,
        rf"(?:die )?(?:anlagen?|anh(?:a|ä)nge?|beilagen?|beigefügt(?: (?:ist|sind))?|anlagenverzeichnis|angehängt(?: (?:ist|sind))?|beigelegt){_OF_MINUTES}(?: \(.{{1,20}}\))?"
        r"|(?:diesem|dem) protokoll (?:liegen|liegt|sind|ist) (?:.{1,30} )?(?:bei|beigefügt|angefügt|angehängt)|(?:dieser|der) niederschrift (?:liegen|liegt|sind|ist) (?:.{1,30} )?(?:bei|beigefügt|angefügt)|als anlagen? (?:beigefügt|liegen bei)",
    ),
    (
        Field.APPROVED,
        r"freigegeben(?: .{1,60})?|approved|freigabe(?: .{1,40})?|genehmigt(?: .{1,60})?|genehmigung(?: des protokolls| der niederschrift)",
    ),
    (
        Field.DISTRIBUTION,
        r"verteiler(?:liste)?|kopie(?:n)? an|nachrichtlich|zur kenntnis(?: an)?|z\. ?k\.|cc",
    ),
    (
        Field.COURSE,
        r"protokoll|niederschrift|mitschrift|verlauf|sachverhalt|diskussion|aussprache|beratung|bericht|begründung|erläuterung(?:en)?|sach- und rechtslage|wortbeiträge|wortprotokoll|sitzungsverlauf|inhalte?",
    ),
    (
        Field.TITLE,
        r"betreff|betrifft|betr\.|anlass|thema|bezeichnung|veranstaltung|sitzung|titel|title",
    ),
)

_COMPILED = tuple((field, re.compile(rf"(?:{pattern})")) for field, pattern in _PATTERNS)
_OFFICES = tuple(row for row in _COMPILED if row[0] in {Field.CHAIR, Field.RECORDER})
_SQUEEZE = re.compile(r"\s{1,9}")
LONGEST_LABEL = 70
# Keys of front matter spell umlauts out: "gaeste", "naechster_termin".
_UMLAUTS = {
    "gaest": "gäst",
    "naechst": "nächst",
    "anhaeng": "anhäng",
    "beschluess": "beschlüss",
    "kuerz": "kürz",
}
_SPELLED_OUT = re.compile("|".join(_UMLAUTS))


@lru_cache(maxsize=4096)
def field_of(label: str) -> Field | None:
    """What a label announces, or None. The first row of the table that fits decides."""
    key = _SQUEEZE.sub(" ", label.replace("_", " ")).strip(" :.–-*\"'").lower()
    key = (
        _SPELLED_OUT.sub(lambda m: _UMLAUTS[m.group()], key)
        if " " not in key or "_" in label
        else key
    )
    if not key or len(key) > LONGEST_LABEL:
        return None
    for field, pattern in _COMPILED:
        if pattern.fullmatch(key):
            return field
    return next(iter(offices_of(key)), None)


_AND = re.compile(r" (?:und|u\.|&|\+) | ?/ ?")


def offices_of(label: str) -> tuple[Field, ...]:
    """ "Gastgeberin und Leitung" announces who chaired, "Leitung / Protokoll" both offices."""
    parts = _AND.split(label.strip(" :.*").lower())
    if not 2 <= len(parts) <= 3 or len(label) > 50:
        return ()
    if any(" " in part for part in parts):
        return ()
    found = [field for part in parts for field, pattern in _OFFICES if pattern.fullmatch(part)]
    return tuple(dict.fromkeys(found))
