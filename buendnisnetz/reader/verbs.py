"""Verbs of minutes: those by which somebody takes on a deed, and those that only tell the talk."""

import re

# Third person as it stands in minutes. "klärt" is a deed to come, "berichtet" was talk.
_DEEDS_WORDS = """
nennt teilt wirbt passt rechnet klärt prüft schreibt erstellt entwirft organisiert übernimmt
besorgt beschafft bestellt kauft verschickt versendet schickt sendet mailt kümmert sorgt
kontaktiert sammelt formuliert entwickelt erarbeitet überarbeitet aktualisiert korrigiert kürzt
übersetzt druckt kopiert malt bastelt backt kocht holt bringt liefert reicht bucht reserviert
mietet telefoniert vereinbart koordiniert plant recherchiert erkundigt hakt fordert sucht benennt
veröffentlicht pflegt verwahrt verwaltet überweist unterschreibt gestaltet dokumentiert
fotografiert erledigt besucht repariert redet bespricht lädt setzt verfasst meldet trägt bereitet
wertet stimmt spricht ruft entfernt montiert verteilt hängt leiht fährt schaut testet richtet mäht
streicht baut räumt packt näht leitet gibt nimmt führt macht legt stellt fragt bittet spendet
stiftet sichtet ordnet vergleicht berechnet kalkuliert ermittelt zählt befragt erfasst erhebt
programmiert installiert digitalisiert scannt archiviert aktiviert verlängert kündigt beauftragt
betreut begleitet hinterlegt vermittelt schließt unterstützt berichtet ergänzt informiert
beantragt sieht stößt hebt zieht tauscht verhandelt knüpft füllt löscht ändert beantwortet
benachrichtigt unterrichtet sondiert moderiert stattet klebt putzt reinigt wäscht schneidet
schmückt dekoriert filmt sortiert bündelt gießt transportiert füttert lagert notiert lektoriert
finanziert erteilt begutachtet misst adressiert frankiert beschriftet laminiert faltet heftet
beschäftigt erneuert beseitigt bemüht spült trocknet deckt kehrt fegt lüftet heizt strukturiert
skizziert zeichnet tippt inseriert postet twittert bewirbt bezahlt erstattet schafft klingelt
lötet schweißt streut salzt verlegt verleiht verpackt verkauft versteigert versorgt vertritt
visualisiert zerlegt zertifiziert bedankt erinnert lässt übergibt überreicht
"""
_DEEDS = frozenset(_DEEDS_WORDS.split())

# These also tell what happened in the meeting; they need a deadline or the right companion.
_NARRATIVE_WORDS = """
nennt teilt wirbt passt rechnet
berichtet bittet fragt stellt legt gibt führt leitet nimmt trägt macht informiert ergänzt
unterstützt sieht moderiert schließt beantragt fordert setzt spricht hält weist zeigt nennt bringt
stimmt liest dankt richtet hebt begleitet spendet zieht zählt meldet betreut verteilt schaut hängt
fährt redet ruft bedankt erinnert lässt übergibt überreicht
"""
_NARRATIVE = frozenset(_NARRATIVE_WORDS.split())
_PLURAL_IRREGULAR = {
    "übernimmt": "übernehmen", "entwirft": "entwerfen", "lädt": "laden", "trägt": "tragen", "spricht": "sprechen", "gibt": "geben", "nimmt": "nehmen",
    "fährt": "fahren", "lässt": "lassen", "übergibt": "übergeben", "sieht": "sehen", "bespricht": "besprechen", "wäscht": "waschen", "wirbt": "werben", "stößt": "stoßen", "hält": "halten", "misst": "messen", "vertritt": "vertreten",
}  # fmt: skip


def _plural(singular: str) -> str:
    if singular in _PLURAL_IRREGULAR:
        return _PLURAL_IRREGULAR[singular]
    stem = singular[:-2] if singular.endswith(("det", "tet", "net")) else singular[:-1]
    short = stem.endswith(("er", "el")) and not stem.endswith(("ier", "iel"))
    return stem + ("n" if short else "en")


# What happens to somebody or something is no deed, whatever day stands beside it.
_STATES_WORDS = """
verlässt kommt geht scheidet endet beginnt findet feiert bleibt gilt steht liegt läuft startet wechselt tritt fällt ist hat wird kann muss soll darf will mag weiß
freut dauert reicht fehlt passiert hofft glaubt vermutet fürchtet lobt dankt begrüßt meint sagt
verlassen kommen gehen enden beginnen finden feiern bleiben gelten stehen liegen laufen starten wechseln treten fallen sind haben werden können müssen sollen dürfen wollen
"""
STATES = frozenset(_STATES_WORDS.split())
DEEDS = frozenset({*_DEEDS, *map(_plural, _DEEDS)})
NARRATIVE = frozenset({*_NARRATIVE, *map(_plural, _NARRATIVE)})

# Companions that make a deed of a narrative verb: "fragt im Rathaus an", "legt … bis Mai vor".
COMPANIONS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(rf"\b(?:{verb})\b"), re.compile(companion))
    for verb, companion in (
        (
            "fragt|fragen",
            r"^\w{1,40}\s{1,9}(?:(?:noch|bis|mal|dazu)\s{1,9})*(?:in der|in|im|beim|bei der|bei|den|am|auf dem)\s{1,9}[A-ZÄÖÜ]|^[^,]*\b(?:an|nach)\s{0,9}(?:[,.;(–-]|$)(?<!fragt nach)|\bwegen\b",
        ),
        (
            "stellt|stellen",
            r"\b(?:zusammen|zur Verfügung|ein|her|bereit|auf|online|sicher)\b|\bAntrag\b[^.;]*\b(?:bei|beim|an (?:die|das|den))\b|\bbei[m]?\b[^.;]*\bAntrag\b",
        ),
        ("legt|legen", r"\b(?:an|aus|bereit|fest)\s{0,9}[,.;(]"),
        (
            "gibt|geben",
            r"\b(?:weiter|ab|heraus|in Auftrag|Bescheid|Rückmeldung|zurück|bekannt|in Druck|Auskunft)\b",
        ),
        (
            "führt|führen",
            r"\b(?:Gespräche?|Interviews?|Liste|Kasse|Buch|Verhandlungen|ein Gespräch|Umfrage|durch\s{0,9}[,.;(])",
        ),
        ("leitet|leiten", r"\bweiter\b|\bin die Wege\b|\bein\s{0,9}[,.;(]"),
        (
            "nimmt|nehmen",
            r"\b(?:entgegen|Kontakt|mit\s{1,9}auf|in die Hand|teil\b.*\bals|Verbindung|Rücksprache|auf\s{0,9}[,.;(]|vor\s{0,9}[,.;(])",
        ),
        ("trägt|tragen", r"\b(?:zusammen|ein|nach|weiter)\s{0,9}[,.;(]|\bein\s{0,9}$"),
        (
            "macht|machen",
            r"\b(?:einen|ein|eine|Fotos|Werbung|Termin|Vorschl|sich kundig|sich schlau|die|das|den|mit)\b",
        ),
        (
            "informiert|informieren",
            r"^\w{1,40} (?:(?:bis|noch|dann)\b.{0,20} )?(?:die|den|das|alle|sich) [A-ZÄÖÜ]|\bsich\b",
        ),
        ("ergänzt|ergänzen", r"\b(?:die Liste|den Entwurf|das Protokoll|die Seite|bis)\b"),
        (
            "beantragt|beantragen",
            r"\b(?:beim?|bei der|im (?!Namen|Auftrag)\w+|Fördermittel|Mittel|Zuschuss|Förderung|Genehmigung|die Genehmigung)\b(?!.*,\s)",
        ),
        ("fordert|fordern", r"\b(?:an|ein|nach)\b\s{0,9}(?:[,.;(]|$)|\bbei[mn]?\b.*\ban\b"),
        ("setzt|setzen", r"\b(?:auf|sich mit|in Verbindung|um)\b"),
        ("spricht|sprechen", r"^\w{1,40} (?!sich\b)(?:.*\ban\s{0,9}[.;,(]|.*\bmit\b|.*\ban$)"),
        ("bringt|bringen", r"\b(?:mit|zum|zur|ins|in|sie|an)\b"),
        ("stimmt|stimmen", r"\bab\b"),
        (
            "meldet|melden",
            r"\b(?:an|sich (?:bei|zur|bis|wieder|zurück)|uns|zurück|weiter|an\s{0,9}[.;,(])\b|\bsich\s{0,9}[,.;(]|\bsich zur\b",
        ),
        ("richtet|richten", r"\b(?:ein|her|aus)\b"),
        ("bedankt|bedanken", r"\bschriftlich\b|\bper (?:E-)?Mail\b"),
        ("erinnert|erinnern", r"\bschriftlich\b|\bnoch (?:ein)?mal\b|\bper (?:E-)?Mail\b"),
        (
            "lässt|lassen",
            r"\b(?:zukommen|prüfen|drucken|anfertigen|erstellen|reparieren|kopieren)\b",
        ),
        ("übergibt|übergeben", r"\bbis\b|\b(?:in|auf|bei) (?:der|dem|einer) [A-ZÄÖÜ]"),
        ("verteilt|verteilen", r"\b(?:die Flyer|Flyer|Plakate|Zettel|in|an die|bis)\b"),
        ("hängt|hängen", r"\bauf\b|\baus\b"),
        ("fährt|fahren", r"\b(?:zum|zur|nach|hin|mit)\b"),
        ("redet|reden", r"\bmit\b"),
        ("ruft|rufen", r"\ban\b"),
        ("schaut|schauen", r"\b(?:nach|ob|durch|an|sich)\b"),
        ("betreut|betreuen", r"\b(?:den|die|das|künftig|weiter)\b"),
        ("begleitet|begleiten", r"\b(?:sie|ihn|die|den)\b"),
        ("unterstützt|unterstützen", r"\bbei(?:m| der)\b"),
        (
            "berichtet|berichten",
            r"\b(?:in|auf|zur|bei|bis zur)\s{1,9}(?:der|dem|einer)?\s{0,9}(?:nächsten|[\w-]{1,40}[Ss]itzung)",
        ),
        ("schließt|schließen", r"\b(?:Vertrag|Vereinbarung|an\s{0,9}[.;,])"),
        ("hebt|heben", r"\bauf\b"),
        ("zieht|ziehen", r"\bein\b|\bum\b"),
        ("nennt|nennen", r"^\w{1,40} (?:dem|der|den) [A-ZÄÖÜ]"),
        ("teilt|teilen", r"^\w{1,40} (?:dem|der|den) [A-ZÄÖÜ][^,]*\bmit\b"),
        ("wirbt|werben", r"^\w{1,40} dafür\b"),
        ("passt|passen", r"\ban\b"),
        ("rechnet|rechnen", r"\b(?:durch|nach|aus)\s{0,9}(?:[,.;(]|$)|\bab\s{0,9}(?:[,.;(]|$)"),
        ("gibt|geben", r"\bbekannt\b"),
        ("tragen|trägt", r"\baus\s{0,9}[,.;(]"),
    )
)

# Infinitives at the end of "wird … nachfragen", "soll … klären" and of short notes.
INFINITIVE = re.compile(
    r"(?<![\w-])(?:ab|an|auf|aus|be|bei|durch|ein|ent|er|her|hin|mit|nach|über|um|unter|ver|vor|weiter|wieder|zer|zu|zurück|zusammen|fertig|bereit|fest|frei|hoch|los)?(?:ge|zu)?"
    r"(?:klären|prüfen|schreiben|stellen|werfen|organisieren|nehmen|sorgen|schaffen|kaufen|schicken|senden|mailen|kümmern|sammeln|arbeiten|legen|geben|tragen|bereiten|werten|sprechen|rufen|fragen|haken|fordern|holen|suchen|finden|laden|melden|bringen|liefern|reichen|buchen|mieten|vereinbaren|koordinieren|planen|recherchieren|informieren|kundigen|benennen|öffentlichen|pflegen|richten|hängen|drucken|teilen|leiten|führen|bitten|reden|machen|bauen|räumen|setzen|telefonieren|bestellen|ändern|tauschen|checken|fassen|passen|gestalten|übersetzen|kürzen|zahlen|weisen|rechnen|füllen|antragen|beantragen|entwickeln|abstimmen|streichen|reparieren|beauftragen|ermitteln|erstellen|erarbeiten|aktualisieren|formulieren|kontaktieren|besuchen|begleiten|unterstützen|testen|scannen|kopieren|untersuchen|einzuholen|einholen|erkundigen|gehen|bemühen|antworten|verhandeln|erinnern|liefern|bewerben|behalten|halten|lassen|kommen|treffen|ergänzen|erörtern|beraten|besorgen|entwerfen|übernehmen|verfassen|verteilen|zeigen|beantworten|erledigen|besetzen|beobachten|ersetzen|einrichten|gründen|berichten|auswerten|abschließen|befragen|bilden|heften|kleben|kochen|backen|malen|putzen|mähen|pflanzen)(?![\w-])"
)

PROMISED = re.compile(
    r"\b(?:informiert|unterrichtet|benachrichtigt|versandt|übersandt|übersendet|überreicht|übermittelt|ausgehändigt|angesprochen|angemahnt|versendet|verschickt|zugesandt|zugeschickt|zugestellt|nachgereicht|nachgeliefert|veröffentlicht|zur Verfügung gestellt|bereitgestellt|eingereicht|weitergeleitet|nachgefragt|geklärt|geprüft|erarbeitet|vorbereitet|eingeladen|beantwortet|überarbeitet|ausgehängt|angefragt|angeschrieben|kontaktiert|nachgetragen|mitgeteilt|ergänzt|korrigiert|aktualisiert|beantragt|eingeholt|angefordert|bestellt|angeschafft|abgestimmt|erstellt|organisiert|angeschrieben|in Kenntnis gesetzt|befragt|ausgeteilt|verteilt|nachgeholt|fortgesetzt|vorgelegt|umgesetzt|aufgenommen und)\b",
    re.IGNORECASE,
)
