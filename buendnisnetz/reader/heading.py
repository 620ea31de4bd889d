"""The nouns by which titles and bodies of minutes are known."""

import re

DOCUMENT = r"(?:[\wäöüß]{0,40}(?:[Pp]rotokoll|[Nn]iederschrift|[Mm]itschrift|[Nn]otiz|[Vv]ermerk|[Bb]ericht)|Ergebnisse|Notizen|Aufzeichnung|Zusammenfassung|PROTOKOLL|NIEDERSCHRIFT|ERGEBNISPROTOKOLL|SITZUNGSPROTOKOLL|KURZPROTOKOLL)"
SITTING = r"(?:[\wäöüßA-ZÄÖÜ-]{0,40}(?:[Ss]itzung|[Tt]reffen|[Vv]ersammlung|[Bb]esprechung|[Kk]onferenz|[Tt]agung|[Zz]usammenkunft|[Rr]unde|[Aa]bend|[Tt]reff|[Ww]orkshop|[Ff]orum|[Bb]eratung|[Gg]espräch|[Ss]tammtisch|SITZUNG|TREFFEN|VERSAMMLUNG|[Kk]lausur|[Tt]isch)(?:s|es|en)?)"
BODY_NOUN = r"(?:[\wäöüßA-ZÄÖÜ-]{0,40}(?:[Aa]usschuss|[Aa]usschuß|[Bb]eirat|[Rr]at|[Bb]ündnis|[Vv]orstand|[Gg]ruppe|[Kk]reis|[Vv]erein|[Vv]erband|[Ii]nitiative|[Nn]etzwerk|[Kk]ommission|[Jj]ury|[Gg]remium|[Ff]orum|[Kk]uratorium|[Vv]ertretung|[Tt]ag|[Ff]raktion|[Kk]onferenz|[Tt]eam|[Bb]und|[Vv]erbund|[Tt]isch|[Vv]ersammlung|[Tt]reff|[Tt]reffen|[Rr]unde|[Gg]emeinschaft|[Ff]onds|[Ww]erkstatt|[Gg]enossenschaft|[Ss]tiftung|[Pp]artnerschaft|[Kk]ooperation|[Aa]llianz|[Pp]arlament|[Kk]ollegium|[Pp]lenum)|AG|AK|e\. ?V\.)(?:e?s)?"
DOC_LINE = re.compile(
    rf"(?:(?:Öffentliche?s?|Vorläufige?s?|Nichtöffentliche?s?|Auszug|Kurzes?|Entwurf|Das|Unser)\b[ :–-]{{0,40}}(?:aus (?:der|dem) )?){{0,2}}{DOCUMENT}\b"
)
SITTING_ANY = re.compile(rf"\b{SITTING}\b")
BODY_ANY = re.compile(rf"(?<!\w){BODY_NOUN}(?!\w)")
PLACE_OF_TIME = re.compile(
    r"(?:[,;]?\s{0,9}[-–]?\s{0,9}(?:am|vom|den|dem|Datum:?)?\s{0,9}(?:(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|Sonnabend)?s?,?\s{0,9}(?:(?:den|dem|der)\s)?\s{0,9}(?:\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}|\d{1,2}\.\s?(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)|(?:19|20)\d\d-\d\d-\d\d))"
)
FURNITURE = re.compile(
    r"(?i)^(?:startseite|home|impressum|kontakt|menü|navigation|suche|zurück|druck(?:version|en)|seite \d|www\.|https?:|provided by|└|<|>|kategorie|login|drucken|sie sind hier|aktuelles|datei|tags?:|letzte änderung|stand:)"
)
HEAD_LINES = 45
