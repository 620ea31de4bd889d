"""Every German sentence that the reader shows, in one place, so that they sound alike."""

FILE_MISSING = (
    "Die Datei „{name}“ gibt es nicht oder sie ist nicht lesbar; bitte prüfen Sie den Pfad."
)
FILE_IS_FOLDER = "„{name}“ ist ein Ordner; bitte geben Sie eine einzelne Datei an."
EMPTY = "Die Datei „{name}“ enthält keinen Text; bitte wählen Sie die Datei mit dem Protokoll."
UNKNOWN_FORMAT = (
    "„{name}“ ist weder Text noch Word- (.docx), OpenDocument- (.odt) oder PDF-Datei; "
    "bitte speichern Sie das Protokoll in einem dieser Formate."
)
OLD_WORD = (
    "„{name}“ ist im alten Word-Format (.doc) gespeichert oder mit einem Kennwort geschützt; "
    "bitte speichern Sie das Protokoll ohne Kennwort als .docx."
)
BROKEN = "Die Datei „{name}“ ist beschädigt; bitte öffnen und speichern Sie sie neu."
ENCRYPTED = (
    "Die Datei „{name}“ ist mit einem Kennwort geschützt; "
    "bitte speichern Sie sie ohne Kennwort und versuchen Sie es noch einmal."
)
NO_TEXT_LAYER = (
    "„{name}“ besteht nur aus Bildern; bitte lassen Sie eine Texterkennung darüber laufen "
    "oder nehmen Sie die Textdatei."
)
TOO_LARGE = (
    "Die Datei „{name}“ ist größer, als ein Protokoll sein kann (höchstens {limit}); "
    "bitte teilen Sie sie auf."
)
TOO_MANY_PAGES = (
    "Die Datei „{name}“ hat mehr als {limit} Seiten; "
    "bitte nehmen Sie nur die Seiten mit dem Protokoll."
)
TOO_SLOW = (
    "„{name}“ ließ sich nicht in {limit} Sekunden lesen und wurde abgebrochen; "
    "bitte speichern Sie das Protokoll als einfache Textdatei."
)
TOO_MUCH_MEMORY = (
    "„{name}“ braucht zum Lesen zu viel Speicher und wurde abgebrochen; "
    "bitte speichern Sie das Protokoll als einfache Textdatei."
)

NAME_VARIANT = (
    "„{left}“ und „{right}“ meinen vermutlich dieselbe Person; bitte die Schreibweise prüfen."
)
TERM_VARIANT = "„{left}“ und „{right}“ meinen vermutlich dasselbe; bitte einheitlich schreiben."
SPEAKER_NOT_LISTED = "„{name}“ kommt zu Wort, steht aber nicht in der Liste der Teilnehmenden."
ATTACHMENT_NOT_LISTED = "„{name}“ wird erwähnt, steht aber nicht in der Liste der Anlagen."
ATTACHMENT_NOT_CITED = "Anlage „{name}“ ist aufgeführt, wird im Text aber nicht erwähnt."
ABBREVIATION = "Die Abkürzung „{name}“ wird nirgends erklärt."
HYPHENATION = "Eine Worttrennung am Zeilenende wurde zusammengefügt: „{name}“."
UNREAD = "Der Text ist ungewöhnlich lang; gelesen wurden die ersten {count} Zeilen."
DOUBLED_PUNCTUATION = "Doppeltes Satzzeichen: „{name}“."

SUMMARY_HEAD = "{name}: {title}"
SUMMARY_WHEN = "  am {date}, {start} bis {end} Uhr, Ort: {place}"
SUMMARY_PEOPLE = "Teilnehmende: {count}"
SUMMARY_AGENDA = "Tagesordnung: {count}"
SUMMARY_DECISIONS = "Beschlüsse: {count}"
SUMMARY_TASKS = "Aufgaben, Anregungen, Zusagen: {count}"
SUMMARY_FINDINGS = "Hinweise: {count}"
STATUS = {"present": "anwesend", "excused": "entschuldigt", "absent": "abwesend", "guest": "Gast"}
SUMMARY_NOTHING = "nicht gefunden"
SUMMARY_LINE = (
    "{name}: {participants} Teilnehmende, {agenda} Tagesordnungspunkte, "
    "{decisions} Beschlüsse, {tasks} Aufgaben, {findings} Hinweise"
)
USAGE = "Protokolle lesen und als strukturierte Daten ausgeben."
USAGE_FILE = "Datei mit dem Protokoll (.txt, .md, .docx, .odt, .pdf)"
USAGE_JSON = "JSON auf die Standardausgabe schreiben"
USAGE_OUT = "Ordner, in den je Datei NAME.json geschrieben wird"
OUT_NOT_WRITABLE = (
    "In den Ordner „{name}“ kann nicht geschrieben werden; bitte wählen Sie einen anderen."
)
