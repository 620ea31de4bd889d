"""The words that invented people, bodies and meetings are made of."""

# fmt: off

GIVEN_NAMES = ["Almut", "Anke", "Annegret", "Antje", "Arne", "Astrid", "Barbara", "Bastian", "Benno", "Birte", "Björn", "Bruno", "Carla", "Carsten", "Cem", "Dagmar", "Daria", "David", "Detlef", "Doreen", "Edda", "Elias", "Elke", "Emine", "Enno", "Erik", "Esther", "Falk", "Fatma", "Felix", "Frieda", "Gerd", "Gesine", "Gregor", "Gudrun", "Hakan", "Hanna", "Hauke", "Heike", "Henning", "Hilde", "Holger", "Ida", "Ingo", "Irina", "Isolde", "Jakob", "Jana", "Jasper", "Jette", "Joachim", "Juliane", "Jörg", "Kai", "Karim", "Karla", "Kerstin", "Klara", "Konrad", "Lars", "Leila", "Lena", "Leonie", "Lorenz", "Lothar", "Luise", "Magda", "Malte", "Manja", "Marek", "Margit", "Marlies", "Mehmet", "Merle", "Mirko", "Nadja", "Nele", "Nils", "Norbert", "Olga", "Olaf", "Oskar", "Paula", "Peer", "Pia", "Ralf", "Renate", "Ronny", "Rosa", "Roland", "Sabine", "Sandra", "Selma", "Sina", "Sonja", "Steffen", "Sven", "Tamara", "Thekla", "Thilo", "Tim", "Tobias", "Ute", "Uwe", "Veit", "Vera", "Volker", "Wiebke", "Wolfram", "Yasemin", "Yvonne"]

FAMILY_NAMES = ["Abendroth", "Adlung", "Ahlers", "Altenbrück", "Amelung", "Angermüller", "Apfelstedt", "Asbach", "Auerswald", "Bachstein", "Ballhause", "Barthelmes", "Baumgart", "Bechstedt", "Behringer", "Bergerhoff", "Bernhardi", "Biedermann", "Birnstiel", "Blankenhain", "Bockelmann", "Bodenstein", "Bornkessel", "Brandauer", "Breitung", "Brückner-Thal", "Buchwald", "Burgdorf", "Cammin", "Czerny", "Dahlhaus", "Dammköhler", "Degenhardt", "Demirkan", "Dittmars", "Dornheim", "Dreißig", "Ebersbach", "Eckardtsen", "Ehrenpfort", "Eichelberg", "Eisenträger", "Elsässer", "Engelhaaf", "Erbstößer", "Eschrich", "Fahrenholz", "Falkenried", "Fehrle", "Feldhusen", "Fiebranz", "Finkenauer", "Fischbeck", "Flemmings", "Föllmer", "Freytag-Nau", "Friedrichsen", "Gabelentz", "Gansauge", "Gehrenbeck", "Geisenhainer", "Gerstenberger", "Glaubrecht", "Gödicke", "Gottschall", "Grabow", "Grimmelt", "Großkreutz", "Gundermann", "Hachenberg", "Hagedorn", "Hallbauer", "Hartleben", "Hasenclever", "Heerwagen", "Heiligenstedt", "Hempelmann", "Hennicke", "Hirschfelder", "Hochheim", "Hoyermann", "Hübscher", "Immelborn", "Ingersleben", "Jagemann", "Jeschonnek", "Judersleben", "Kaltwasser", "Kammerhof", "Karnstedt", "Kaya", "Kellermann", "Kestner", "Kirchheim", "Klettbach", "Klingebiel", "Knabenhans", "Köditz", "Königsee", "Kornhaas", "Kranichfeld", "Kreyenberg", "Kromsdorf", "Kühndorf", "Kupfersuhl", "Lachmund", "Langenhahn", "Lauterbach", "Leinefelt", "Lengfelder", "Lichtenhain", "Liebetrau", "Lindig", "Löbichau", "Ludewig", "Lützelbach", "Machold", "Marksuhler", "Mattstedt", "Mechterst", "Meusebach", "Milbitz", "Mittelhäuser", "Möckernig", "Mühlfeld", "Münchenroda", "Nauendorf", "Neidhart", "Niederlein", "Nottleben", "Oberdorla", "Ohrdorff", "Ollendorf", "Oppurg", "Ostermann", "Oßmann", "Paschold", "Petersilie", "Pfaffenroth", "Pfuhlsborn", "Plaue-Ried", "Pohlmann", "Quaas", "Rabenäuß", "Ramsla", "Rauschert", "Rehestedt", "Reifarth", "Remda", "Riethnord", "Ringleben", "Rockhausen", "Römhild", "Rosenblatt", "Rudersdorf", "Saalborn", "Sachsenröder", "Salzmann", "Schachtebich", "Schalkau", "Schellroda", "Schilfarth", "Schlotheimer", "Schmidtlein", "Schönfließ", "Schwabhaus", "Seebergen", "Siegelbach", "Sonnborn", "Spannenkrebs", "Spitzenberg", "Stadtilm", "Steinthal", "Stobra", "Stützerer", "Sundhauser", "Süßenborn", "Tambach", "Tannroda", "Tautenhan", "Teutleben", "Thalbürg", "Tiefurter", "Tonndorf", "Trostädt", "Udestedt", "Uhlstädter", "Ulster", "Unstruter", "Vachaer", "Vieselbach", "Vippach", "Vogelsberger", "Wachsenburg", "Waltersleb", "Wandersleb", "Wechmarer", "Weingarten", "Weißensee", "Werningshaus", "Wiegleben", "Willerstedt", "Wipperer", "Witzleben", "Wölfis", "Wutha", "Wüstenberg", "Yilmazer", "Zella-Rhön", "Zeuchfeld", "Ziegenrück", "Zimmernd", "Zottelst"]

TITLES = (
    "", "", "", "", "", "", "", "", "", "", "Dr.", "Prof. Dr.",
)

LANDSCAPES = (
    "Werratal", "Obere Unstrut", "Hainleite", "Ilmtal", "Saalebogen", "Orlasenke", "Schwarzatal",
    "Drei Gleichen", "Rennsteig Mitte", "Vordere Rhön", "Goldene Aue", "Holzland", "Elstertal", "Pleißenaue",
    "Grabfeld", "Thüringer Becken", "Nesseaue", "Südharz", "Steinach", "Obereichsfeld", "Kyffhäuser Süd",
    "Weiße Elster", "Hörselberge", "Finne",
)

COMPANY_STEMS = (
    "Feinmechanik", "Holzbau", "Kartonagen", "Präzisionsguss", "Backstube", "Logistik", "Medizintechnik",
    "Optik", "Maschinenbau", "Spielwaren", "Gartenbau", "Hausverwaltung", "Softwarehaus", "Elektrotechnik",
    "Textilpflege", "Fahrzeugteile", "Pflegedienst", "Druckerei", "Molkerei", "Werkzeugbau", "Glashütte",
    "Möbelwerk", "Ingenieurbüro", "Autohaus", "Landtechnik", "Bäderbetrieb", "Reinigung", "Metallbau",
    "Verpackung", "Steuerberatung",
)

LEGAL_FORMS = (
    "GmbH", "GmbH", "GmbH", "GmbH & Co. KG", "AG", "e. K.", "KG",
)

BRANCHES = "CFCCCHCMCCALJCSCQCCCCCMGARSCCM"

TOPICS = (
    "Familie und Beruf", "Pflege und Beruf", "Kinderbetreuung in Randzeiten", "Generationen im Gespräch",
    "Familienfreundlicher Nahverkehr", "Willkommen für neue Familien", "Ferienbetreuung", "Wohnen im Alter",
    "Alleinerziehende stärken", "Fachkräfte gewinnen", "Familienbildung", "Ehrenamt",
)

FIELDS_OF_ACTION = (
    "Vereinbarkeit von Familie und Beruf", "Kinderbetreuung", "Zusammenarbeit der Generationen",
    "Gesundheit und Pflege", "Erziehungsverantwortung", "familienfreundliches Lebensumfeld",
    "bürgerschaftliches Engagement",
)

AGENDA = (
    ("Begrüßung und Stand der offenen Aufgaben", "WELCOME"), ("Bericht aus der Koordination", "REPORT"),
    ("Impuls: {topic}", "INPUT"), ("Aussprache", "DISCUSSION"), ("Stand des Landesprogramms (LSZ)", "REPORT"),
    ("Arbeit in Gruppen: {topic}", "WORKSHOP"), ("Beschlüsse und Verabredungen", "DECISION"),
    ("Termine", "FORMALITY"),
)

NOTES = (
    ("REPORT", "{who} berichtet vom Stand des Vorhabens „{topic}“; zwei Betriebe haben sich neu gemeldet."),
    ("QUESTION", "{who} fragt, wie Beschäftigte im Schichtdienst erreicht werden sollen."),
    ("HINT", "{who} weist darauf hin, dass die Frist für Anträge im Herbst endet."),
    ("DEMAND", "{who} wünscht sich feste Ansprechpersonen in jeder Gemeinde, nicht nur in der Kreisstadt."),
    ("CONTRIBUTION", "{who} schildert, was Familien im ländlichen Raum besonders fehlt."),
    ("ANSWER", "{who} sagt zu, die Zahlen bis zur nächsten Sitzung nachzureichen."),
    ("NOTE", "Die Anwesenden tauschen sich über gute Beispiele zu „{topic}“ aus."),
    ("RESULT", "Als Ergebnis der Gruppe zu „{topic}“ liegt eine Liste mit sechs Vorschlägen vor."),
)

DECISIONS = (
    "Das Vorhaben „{topic}“ wird im kommenden Jahr fortgeführt.",
    "Die Geschäftsordnung wird in der vorgelegten Fassung angenommen.",
    "Für „{topic}“ wird eine Arbeitsgruppe eingesetzt.",
    "Das Bündnis beteiligt sich am Internationalen Tag der Familie mit einem gemeinsamen Stand.",
    "Der Entwurf des Faltblatts wird mit den Änderungen freigegeben.",
)

TASKS = (
    "Gespräch mit drei Betrieben über „{topic}“ führen und berichten",
    "Liste der Ansprechpersonen in allen Gemeinden auf den neuen Stand bringen",
    "Einladung an die Kammern zur nächsten Sitzung vorbereiten",
    "Umfrage unter den Mitgliedern zu „{topic}“ auswerten",
    "Raum und Verpflegung für die Familienkonferenz klären", "Förderantrag für „{topic}“ entwerfen",
    "Pressemitteilung zum Treffen schreiben", "Merkblatt zu Pflegezeiten an alle Mitglieder schicken",
    "Termin mit der Sozialplanung des Kreises vereinbaren",
    "Ergebnisse der Gruppe „{topic}“ zusammenfassen und verteilen",
)

PROMISES = (
    "Die Mitglieder werden informiert, sobald der neue Fahrplan feststeht.",
    "Die Auswertung der Befragung wird allen Beteiligten zugesandt.",
    "Ein Vorschlag für die gemeinsame Ferienbetreuung wird erarbeitet.",
    "Die Bündnisse werden benachrichtigt, wenn die Beteiligung zum Familienförderplan beginnt.",
)

SUGGESTIONS = (
    "Die kommunalen Spitzenverbände zu einem Gespräch einladen",
    "Den Austausch der Arbeitsgruppen „{topic}“ über Kreisgrenzen anstoßen",
    "Hinweise zu Fördermitteln auf einer Seite sammeln",
)

RESULTS = (
    "Erledigt; die Unterlagen liegen in der Geschäftsstelle.", "Gespräche geführt, zwei Betriebe machen mit.",
    "Liste ist aktuell und wurde verschickt.", "Durchgeführt, Rückmeldungen waren gut.",
)

DROPPED = (
    "Ist durch das neue Landesprogramm überholt.", "Wurde von der Stadt selbst übernommen.",
)

EVIDENCE = (
    "Anruf bei der Koordination", "Protokoll der letzten Sitzung", "Antwort auf die Umfrage",
    "Besuch vor Ort", "Schreiben des Trägers", "Beschluss des Kreistags",
)
