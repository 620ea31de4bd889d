"""What invented firms and their talks are called; statements of benefit cite what was published."""

# fmt: off

FIRMS = (
    "Feinmechanik", "Logistik", "Backhaus", "Pflegedienst", "Elektrotechnik", "Holzbau", "Gartenbau", "Systemgastronomie",
    "Werkzeugbau", "Glashütte", "Steuerkanzlei", "Autohaus", "Medizintechnik", "Hotel", "Druckerei", "Haustechnik",
)
LEGAL_FORMS = ("GmbH", "GmbH & Co. KG", "e. K.", "KG")

NOTES = (
    "Interesse an Ferienbetreuung, sucht Partner im Nachbarort.",
    "Will erst mit dem Betriebsrat sprechen, Rückruf in zwei Wochen.",
    "Hat selbst zwei Pflegelotsen ausgebildet und würde davon erzählen.",
    "Fragt, was es kostet und wie viel Zeit es braucht.",
    "Schichtbetrieb: Betreuung in Randzeiten ist das Thema.",
)
STEPS = (
    "Beim Unternehmerstammtisch angesprochen.", "Telefoniert, freundlich, Unterlagen geschickt.",
    "Gespräch im Betrieb, eine Stunde.", "Gemeinsamer Pflegetag verabredet.", "Hat beim Familienfest einen Stand übernommen.",
)
DECLINED = (
    "Kein Personal dafür in diesem Jahr.", "Macht schon bei einem anderen Bündnis mit.", "Der Betrieb wird verkauft.",
)
NEXT = (
    "Anrufen und Termin vereinbaren", "Nutzenblatt schicken", "Zum nächsten Treffen einladen", "Gemeinsames Projekt vorschlagen",
    "Nach dem Gespräch mit dem Betriebsrat fragen",
)
MESSAGES = (
    "Wir suchen Betreuung für die Sommerferien, vielleicht gemeinsam mit anderen Betrieben.",
    "Drei unserer Leute pflegen Angehörige. Was können wir tun?",
    "Wir haben einen Raum, den wir abends nicht brauchen.",
)

# Audience, claim, evidence, example, source, address; empty where somebody still looks for it.
BENEFITS = (
    ("COMPANY", "Wer Familie ernst nimmt, hält seine Leute.", "In Betrieben mit familienbewusster Kultur liegt die Fluktuation bei 19,3 %, in anderen bei 30,4 % (1.029 Betriebe, 2023).",
     "Ein Metallbetrieb stimmt Schichten mit den Kita-Zeiten ab.", "Institut der deutschen Wirtschaft, Unternehmensmonitor Familienfreundlichkeit 2023", ""),
    ("COMPANY", "Familienfreundlichkeit hilft, Fachkräfte zu gewinnen.", "86 % der Betriebe halten sie für wichtig, drei Viertel sehen sie als Teil der Fachkräftesicherung (2023).",
     "", "Institut der deutschen Wirtschaft, Unternehmensmonitor Familienfreundlichkeit 2023", ""),
    ("COMPANY", "Kontakte, die ein Betrieb allein nicht hätte.", "In zwölf untersuchten Bündnissen kamen mehr als 70 % der wichtigen Kontakte über das Bündnis zustande (2006).",
     "Mehrere kleine Betriebe teilen sich eine Ferienbetreuung.", "Prognos AG, Lokale Bündnisse für Familie: Wirkungsstudie 2006", "https://kommunen.nrw"),
    ("MUNICIPALITY", "Ein Bündnis rechnet sich für den Ort.", "Für Jena wurde ein Nutzen von rund 428.000 Euro berechnet (2006).",
     "", "Prognos AG, Lokale Bündnisse für Familie: Wirkungsstudie 2006", "https://kommunen.nrw"),
    ("MUNICIPALITY", "Was das Bündnis kostet, kommt mehrfach zurück.", "In Ostfriesland standen 143.000 Euro Kosten mehr als 800.000 Euro Nutzen gegenüber (2006).",
     "", "Prognos AG, Lokale Bündnisse für Familie: Wirkungsstudie 2006", "https://kommunen.nrw"),
    ("CHAMBER", "Mitgliedsbetriebe bekommen Antworten aus einer Hand.", "", "Pflegekoffer und Pflegelotsen werden im Bündnis vorgestellt.", "", ""),
    ("SOCIAL_PARTNER", "Gute Arbeit wird vor Ort verabredet, nicht nur gefordert.", "", "", "", ""),
    ("SOCIAL_WORK", "Betriebe als Partner statt nur als Spender.", "In zwölf untersuchten Bündnissen kamen mehr als 70 % der wichtigen Kontakte über Bereichsgrenzen zustande (2006).",
     "", "Prognos AG, Lokale Bündnisse für Familie: Wirkungsstudie 2006", "https://kommunen.nrw"),
)

# Title, field, problem, steps, partners, cost, effect, transfer, evidence.
PRACTICE = (
    ("Ratssitzung mit Kinderbetreuung", "POLITICS", "Eltern kleiner Kinder fehlten im Stadtrat und in den Arbeitsgruppen.",
     "Bedarf erfragt; Raum neben dem Sitzungssaal; Betreuung durch den Familienverband; nach einem Jahr in die Geschäftsordnung aufgenommen.",
     "Stadtverwaltung, Familienverband, Mehrgenerationenhaus", "40 Euro je Sitzung, zwei Stunden Absprache", "Vier Eltern kamen neu in die Ausschüsse.",
     "Ein Raum in der Nähe und eine feste Ansprechperson.", "Anwesenheitslisten von 14 Sitzungen"),
    ("Ferienwoche von sechs Betrieben", "CHILDCARE", "Sechs kleine Betriebe hatten je zwei bis drei Kinder ohne Betreuung in den Ferien.",
     "Gemeinsame Abfrage; Träger gesucht; Kosten nach Plätzen geteilt; Anmeldung über das Bündnis.", "Sechs Betriebe, ein Jugendverein, das Landratsamt",
     "95 Euro je Platz und Woche", "17 Kinder, keine Absage mehr im August.", "Mindestens zehn Kinder und ein Träger mit Personal.", "Abrechnung des Trägers"),
    ("Pflegestammtisch im Betrieb", "HEALTH", "Beschäftigte sprachen erst über Pflege, wenn sie kündigten.",
     "Zwei Pflegelotsen ausgebildet; einmal im Monat eine offene Stunde; Themen aus der Belegschaft.", "Betrieb, Pflegestützpunkt, Kasse",
     "zwei Arbeitsstunden im Monat", "Fünf Beschäftigte blieben mit weniger Stunden.", "Rückhalt der Leitung.", "Gespräch mit der Personalabteilung, Notiz vom Frühjahr"),
    ("Mitfahrbank zum Werkstor", "SURROUNDINGS", "Die Frühschicht beginnt vor dem ersten Bus.", "Bank aufgestellt; Betrieb wirbt bei den Fahrgemeinschaften.",
     "Gemeinde, Betrieb, Heimatverein", "600 Euro einmalig", "", "", ""),
)

RESOURCES = (
    ("ROOMS", "Seminarraum am Abend", 30, "Plätze", "Bis 21 Uhr, Schlüssel beim Empfang."),
    ("ROOMS", "Turnhalle am Sonnabend", 1, "Halle", "Nur mit Hallenschuhen."),
    ("STAFF", "Freistellung für Elternabende", 4, "Stunden im Monat", ""),
    ("MONEY", "Zuschuss für Material", 500, "Euro", "Mit Beleg."),
    ("VOLUNTEERS", "Vorlesepatinnen", 3, "Personen", "Nach Absprache, zwei Wochen vorher."),
    ("EXPERTISE", "Beratung zu Arbeitszeitmodellen", 2, "Termine", ""),
    ("EVENTS", "Zelte und Bierbänke", 12, "Garnituren", "Selbst abholen."),
    ("SENIORS", "Pflegelotse erzählt aus der Praxis", 2, "Abende", ""),
)
WISHES = (
    ("ROOMS", "Raum für das Treffen der Arbeitsgruppe", 15, "Plätze"),
    ("VOLUNTEERS", "Hilfe beim Familienfest", 2, "Personen"),
    ("MONEY", "Druckkosten für den Familienwegweiser", 300, "Euro"),
    ("EXPERTISE", "Wer kennt sich mit Gleitzeit aus?", 1, "Termine"),
)
POSITIONS = (
    "Grundsätzlich dafür, fragt nach den Kosten.", "Hat eigene Netzwerke und möchte nicht doppelt arbeiten.",
    "Unterstützt mit Worten, schickt aber selten jemanden.", "",
)
REASONS = (
    "Beide arbeiten an Betreuung in den Ferien.", "Der eine hat einen Raum, der andere sucht einen.",
    "Beide wollen Pflegelotsen ausbilden.", "Der Betrieb sucht Rat zu Arbeitszeiten.",
)
LETTER = (
    "Guten Tag,\n\nwir möchten zwei Seiten zusammenbringen, die einander helfen könnten.\n\nKontaktdaten geben wir erst weiter, wenn beide zustimmen.",
)
CONSENT = (
    "Ich bin einverstanden, dass meine Angaben gespeichert und zur Antwort genutzt werden. Sie werden zwölf Monate nach dem letzten Kontakt gelöscht."
)
AIMS = (
    ("Die Spitzenverbände schicken jemanden zu jedem Strategietreffen.", "Erreicht, wenn dreimal hintereinander jemand da war."),
    ("Das Wirtschaftsressort nennt eine feste Ansprechstelle.", "Bisher sind Anfragen weitergereicht worden."),
    ("Jede Kammer hat eine Ansprechstelle für Familie und Beruf.", ""),
)
