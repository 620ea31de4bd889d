"""Given names that are common in Germany, old and young, of many origins.

A hint, never a condition: a name that is missing here is still read where the layout shows that
a person stands there. The list tells "Kessler Armaturen" from "Guido Kessler" and finds out which
half of "Amelung Frieda" is the family name.
"""

_NAMES = """
Aaliyah Aaron Abdul Abdullah Abdulrahman Abena Achim Ada Adalbert Adam Adel Adelgunde Adelheid
Adem Adina Adnan Adolf Adrian Adriana Afra Agata Agathe Agnes Agnieszka Ahlam Ahmad Ahmed Ahmet
Aila Aische Aisha Akiko Alaa Alan Albert Albrecht Alek Aleksandar Aleksander Aleksandra Alena
Alessandra Alessandro Alessia Alexander Alexandra Alexandre Alexej Alexia Alexis Alfons Alfred Ali
Alice Alicia Alina Aline Alma Almut Almuth Alois Aloisia Alva Alwin Alyssa Ama Amadou Amal Amalia
Amalie Amanda Amelie Amin Amina Aminata Amir Amira Amrei Amy Ana Anas Anastasia Anatol Anatolij
Andi Andre Andrea Andreas Andrej Andrij Andrzej André Andy Anette Angela Angelika Angelina Angelo
Anica Anika Anil Anita Anja Anka Anke Ann Anna Annabell Annabelle Annalena Annalisa Anne Annegret
Anneke Annelies Anneliese Annelore Annemarie Annerose Annett Annette Anni Annika Anny Anselm
Ansgar Antje Anton Antonia Antonie Antonio Anuschka Anya Ariane Arif Arik Aris Arjun Arkadi
Arkadij Arlette Armin Arndt Arne Arno Arnold Arnulf Arthur Artur Arvid Arzu Asal Asli Astrid
Athanasios Aurel Aurelia Axel Aydin Ayla Aylin Ayman Ayse Ayten Ayşe Azra Babett Babette Balthasar
Barbara Barbla Bartosz Barış Basel Basil Bassam Bastian Bea Beata Beate Beatrice Beatrix Behrouz
Bekir Bela Belinda Ben Benedikt Benita Benjamin Bennet Bennett Benno Bente Berit Bernadette Bernd
Berndt Bernhard Bernhild Bernt Bert Berta Berthold Bertram Bettina Bianca Bianka Bilal Bilge Birga
Birger Birgit Birgitt Birgitta Birte Birthe Björn Bodo Bogdan Bogusława Bohumil Boris Bosse Bozena
Branko Brigitta Brigitte Britt Britta Brunhilde Bruno Burak Burcu Burghard Burgi Burkhard
Burkhardt Can Caner Cara Caren Carina Carl Carla Carlo Carlos Carlotta Carmen Carola Carolin
Carolina Caroline Carsten Caspar Catalina Catarina Catharina Catherine Cathleen Cathrin Catja
Catrin Cecilia Celina Celine Cem Cengiz Ceren Chantal Charlotta Charlotte Chiara Chidi Chris
Christa Christel Christian Christiana Christiane Christin Christina Christine Christof Christoph
Christopher Cilli Cindy Claas Clara Clarissa Claudia Claudio Claudius Claus Clemens Colin Conny
Conrad Constance Constantin Constanze Cora Cordula Corina Corinna Cornelia Cornelius Cosima Curt
Cynthia Dagmar Dajana Dalia Dalibor Damaris Damian Damir Dana Dani Daniel Daniela Danielle
Dankwart Danny Danuta Dara Daria Dario Darius Dariush David Davide Davut Dean Deborah Deepak Delia
Denis Denise Deniz Dennis Derya Desiree Detlef Detlev Diana Diane Diego Dierk Dieter Diethard
Diethelm Dietlinde Dietmar Dietrich Dilan Dilara Dilek Dimitra Dimitri Dimitrios Dina Dino Dirk
Dmitri Dmitrij Dominic Dominik Dominika Dominique Donald Donata Doreen Dorina Doris Dorit Dorota
Dorothea Dorothee Doğan Dragan Dragana Dragica Duc Dunja Dustin Dzenan Dörte Dörthe Eberhard Ebru
Eckart Eckehard Eckhard Eckhardt Edda Edeltraud Edeltraut Edgar Edith Edmund Eduard Edwin Egbert
Egon Ehrenfried Ehrhard Eike Eileen Eilert Ekaterina Ekkehard Ekrem Elena Eleni Eleonora Eleonore
Elfi Elfriede Eliana Elias Elif Elina Elisa Elisabeth Elise Elka Elke Ella Ellen Elli Elmar Elsa
Elsbeth Else Elvira Elwira Elzbieta Emanuel Emel Emely Emil Emilia Emilie Emily Emine Emma
Emmanuel Emmi Emre Ender Engelbert Engin Enno Enrico Enver Ercan Erdal Erdem Eren Erhan Erhard
Eric Erica Erich Erik Erika Erkan Ernestine Ernst Erol Erwin Esin Esma Esra Esther Ethel Eugen Eva
Evamaria Evelin Eveline Evelyn Evelyne Evgenij Ewa Ewald Ewelina Fabian Fabienne Fabio Fabrizio
Fadi Falk Falko Farah Farhad Farid Faruk Fatih Fatima Fatimah Fatma Fatou Fatoumata Felicitas
Felix Femi Fenja Ferdinand Ferhat Feride Fidan Fiete Filip Filiz Finja Finn Fiona Firas Flora
Florentine Florian Flurin Foelke Fokko Folker Franca Francesca Francesco Francisco Franck Franjo
Frank Franka Franz Franziska Franziskus Frauke Fred Freddy Frederic Frederick Frederik Frederike
Freia Frida Frieda Friedbert Friedel Friedemann Frieder Friederike Friedhelm Friedlinde Friedo
Friedrich Frithjof Fritz Fritzi Gabi Gabriel Gabriela Gabriele Gabriella Gaby Galina Gangolf
Gebhard Georg Georgia Georgios Gerald Geraldine Gerd Gerda Gerhard Gerhild Gerit Gerlinde Germar
Gernot Gerold Gerrit Gert Gertraud Gertrud Gertrude Gesa Gesche Gesine Ghada Ghassan Gian Gianluca
Gina Giovanna Giovanni Gisa Gisbert Gisela Giselher Gitta Gitte Giuseppe Gloria Goran Gordon
Gottfried Gotthard Grazyna Gregor Greta Gretchen Grete Grit Gritt Grzegorz Gudrun Guenter Guido
Gunda Gundel Gundula Gunhild Gunnar Gunter Gunther Guntram Gustav Gökhan Görkem Götz Gül Gülay
Gülcan Güler Gülsen Gülsüm Günay Günter Günther Hacer Hadi Hakan Hala Halil Halina Hamza Hana
Hanan Hani Hanna Hannah Hanne Hannelore Hannes Hanno Hans Hansgeorg Hansjörg Hansjürgen Hanspeter
Harald Hardy Harm Harriet Harro Harry Hartmut Hartwig Hasan Hassan Hasso Hatice Hatun Hauke Havva
Hedda Hedi Hedwig Heide Heidelinde Heidemarie Heiderose Heidi Heidrun Heike Heiko Heiner Heinke
Heinrich Heinz Hela Helen Helena Helene Helga Helge Hella Helma Helmar Helmut Helmuth Hendrik
Hendrikje Henner Henning Henny Henri Henriette Henrik Henrike Henry Herbert Heribert Herma Hermann
Hermine Herta Hertha Hilal Hilda Hilde Hildegard Hildegund Hilke Hilko Hilmar Hiltraud Hiltrud
Hinnerk Hinrich Hiroshi Hoang Holger Holm Horst Huan Hubert Hubertus Huda Hugo Huong Husam Hülya
Hüseyin Ibrahim Ida Igor Ihsan Ilka Ilker Ilona Ilse Imad Iman Imke Immo Ina Ines Inga Inge
Ingeborg Ingelore Ingmar Ingo Ingolf Ingrid Ingrun Inka Inken Insa Inês Ioana Ioannis Ira Irena
Irene Irina Iris Irma Irmela Irmgard Irmhild Irmtraud Irmtrud Iryna Isa Isabel Isabell Isabella
Isabelle Ismail Isolde Ivan Ivana Ivo Ivonne Iwona Jaap Jacek Jacob Jacqueline Jadwiga Jakob Jale
Jamal James Jamila Jan Jana Jane Janek Janet Janette Janin Janina Janine Janis Janka Janna Janne
Jannes Jannik Jannis Janosch Jantje Janusz Jaqueline Jarek Jaroslav Jaroslaw Jasmin Jasmina Jason
Jasper Jawad Jean Jeanette Jeannette Jeannine Jelena Jella Jelto Jenni Jennifer Jenny Jens
Jeremias Jerzy Jessica Jessika Jette Jil Jill Jim Jing Jiri Jo Joachim Joana Joanna Jobst Jochem
Jochen Johann Johanna Johannes John Jolanda Jolanta Jolanthe Jolina Jon Jonas Jonathan Jonna Jonte
Joost Jorge Joris Joschka Josef Josefa Josefine Joseph Josephine Josip Jost Josua Jovan Jovana
Juan Judith Jule Julia Julian Juliana Juliane Julie Julija Julika Julius Juna June Juri Jurij
Justin Justina Justus Jutta Jördis Jörg Jörn Jürgen Kadir Kai Kaja Kajetan Kalle Kamal Kamil Karen
Karim Karin Karina Karl Karla Karlheinz Karlotta Karola Karolin Karolina Karoline Karsten Kaspar
Katalin Katarina Katarzyna Kateryna Katharina Kathi Kathleen Kathrin Kathy Kati Katinka Katja
Katrin Kay Kazimierz Kea Keanu Kemal Kenan Kenji Kenneth Keno Kerem Kerim Kerrin Kerstin Kevin
Khaled Khalid Kian Kilian Kim Kinga Kira Kirsten Kirsti Kirstin Kjell Klara Klaudia Klaus Klemens
Knut Kofi Konrad Konstantin Konstanze Korbinian Kordula Korinna Kornelia Kreszentia Krista
Kristian Kristiane Kristin Kristina Kristine Kristof Krystian Krystyna Krzysztof Kunigunde Kuno
Kurt Kwame Kyra Käthe Kübra Laila Lale Lambert Lamia Lan Lara Larissa Lars Lasse Laszlo Laura
Laurenz Lavinia Lea Leander Leandro Leane Leif Leila Leize Lena Lene Leni Lennard Lennart Lennox
Lenny Leo Leon Leonard Leonardo Leonhard Leonie Leonore Leopold Leszek Levent Levin Levke Leyla
Lia Liam Liane Lidia Lidija Liesbeth Liesel Lieselotte Lieven Lilia Lilian Liliana Lilli Lilly
Lina Linda Linh Linn Linus Lio Lioba Lisa Lisbeth Liselotte Lissy Livia Ljiljana Ljubica Ljubomir
Ljudmila Lore Lorena Lorenz Lorenzo Loris Lothar Lotta Lotte Louis Louisa Louise Lubna Luca Lucas
Lucia Luciano Lucie Lucy Ludger Ludmila Ludmilla Ludolf Ludwig Luigi Luis Luisa Luise Luiz Lukas
Luna Lutz Lydia Lyn Lüder Madeleine Madlen Magda Magdalena Magdalene Magnus Maha Maher Mahmoud
Mahmut Maik Maike Mailin Maja Majed Malaika Malek Malgorzata Malia Malin Malina Malte Malwine
Mamadou Manal Mandy Manfred Manja Manjana Manuel Manuela Mara Marc Marcel Marcin Marco Marcus
Mareen Mareike Mareile Marek Maren Maret Margareta Margarete Margaretha Margarita Margherita
Margit Margitta Margot Margret Margrit Maria Mariam Marian Mariana Marianne Mariano Marie Marieke
Mariel Mariele Mariella Marielle Mariette Marija Marika Marina Mario Marion Marisa Marit Marita
Mariusz Mark Marko Markus Marlen Marlena Marlene Marlies Marliese Marlis Marlon Marlous Marta
Marten Martha Marthe Martin Martina Marvin Marwa Marwan Mary Maryam Marzena Mateusz Mathias
Mathilda Mathilde Mats Matteo Matthias Matthis Matti Mattis Maurice Mauro Max Maxi Maxim
Maximilian Maya Mazen Mbali Mechthild Mehdi Mehmet Meik Meike Meinhard Meinolf Meinrad Mel Melanie
Melek Melina Melis Melissa Melitta Meltem Mercedes Merit Merle Merlin Mert Merve Meryem Mesut Meta
Metin Mia Micha Michael Michaela Michail Michal Michał Michel Michele Michelle Miguel Mihail Mika
Mike Mikhail Mila Milan Milena Milica Milo Miloš Mina Minh Miodrag Mira Mirco Mirela Miriam Mirja
Mirjam Mirjana Mirko Miro Miroslav Mischa Mohamad Mohamed Mohammad Mohammed Moira Momme Mona Moni
Monica Monika Monique Morgan Moritz Moses Muhammed Muna Murat Mustafa Mykola Myriam Müge Nabil
Nada Nadeschda Nadezda Nadia Nadim Nadin Nadine Nadja Nael Naemi Naima Nancy Naomi Nasrin Nasser
Natalia Natalie Natalija Natalja Natalya Natascha Nathalie Nathan Nazan Nazim Nazlı Necati Necla
Necmi Neidhart Nele Nelli Nelly Nenad Nermin Nesrin Nevin Nezir Ngozi Nico Nicola Nicolai Nicolas
Nicole Nicoletta Niels Nihat Nika Niklas Niko Nikola Nikolai Nikolaj Nikolas Nikolaus Nikoletta
Nilgün Nils Nina Nino Nizar Noa Noah Noel Noemi Noor Nora Norbert Norma Norman Notburga Nour Noura
Nuray Nurcan Nuri Nuriye Nurten Odile Okan Okko Oksana Ola Olaf Ole Oleg Oleksandr Olena Olga
Oliver Olivia Olivier Oluwaseun Omar Onno Onur Orhan Orla Orsolya Ortrud Ortrun Ortwin Osama Oscar
Oskar Osman Oswald Othmar Otmar Ottilie Otto Ottomar Ove Oğuz Pablo Pamela Paola Paolo Parisa
Pascal Pascale Pat Patricia Patrick Patrik Paul Paula Paulina Pauline Paulo Pavel Pawel Paweł
Pedro Peer Peggy Pepe Per Perihan Peter Petra Phil Philip Philipp Philippa Philippe Phillip
Philomena Phuong Pia Pierre Pina Piotr Piroska Pit Ploni Priya Pınar Qasim Quang Quentin Quirin
Radka Radmila Rafael Rafał Rahel Rahul Raik Raiko Raimund Rainer Raissa Ralf Ralph Ramazan Rami
Ramon Ramona Rana Randy Rania Raphael Raphaela Rashid Rasmus Raul Ravi Razan Rebecca Rebekka Reem
Regina Regine Regula Reimar Reimer Reimund Reiner Reinhard Reinhardt Reinhild Reinhold Rena Renata
Renate Renato Rene René Renée Resi Reto Reza Ria Ricarda Ricardo Richard Rico Rieke Rigo Rika Rima
Rita Robert Roberta Roberto Robin Rocco Roderich Roger Roland Rolf Romain Roman Romana Romina Romy
Ron Ronald Ronja Ronny Rosa Rosalie Rosalinde Rosel Roselinde Rosemarie Rosi Rosina Rositta
Roswitha Rouven Roy Ruben Rudi Rudolf Rukiye Runa Rupert Ruprecht Ruslan Ruth Ryszard Rüdiger Saad
Sabina Sabine Sabrina Safa Said Sakura Salem Salim Sally Salma Salome Salvatore Sam Samantha Sami
Samia Samir Samira Samuel Sana Sander Sandra Sandro Sandy Sara Sarah Sascha Saskia Savas Sebastian
Sebnem Selcuk Selda Selim Selin Selina Selma Sema Semih Sepp Serap Serdar Serena Sergej Sergio
Serhat Serhij Serkan Sevda Severin Sevgi Sevim Sevinç Shadi Sharon Shirin Siamak Sibel Sibilla
Sibylle Siegbert Siegfried Sieglinde Siegmar Siegmund Siegrid Siegrun Sigfried Sighard Siglinde
Sigmar Sigmund Sigrid Sigrun Sigurd Silja Silke Silva Silvana Silvia Silvio Simon Simona Simone
Sina Sinan Sinem Sinja Sirin Slavica Slawomir Slawomira Slobodan Smila Smilla Snezana Sofia Sofie
Songül Sonia Sonja Sophia Sophie Soraya Stanislav Stanislaw Stefan Stefania Stefanie Stefano
Steffen Steffi Stella Stephan Stephanie Steve Steven Stine Suat Suha Sule Sultan Sunita Sunniva
Susan Susanna Susanne Susi Suzanne Svantje Svea Sven Svenja Svetlana Swantje Swen Swenja Swetlana
Sybill Sybille Sylke Sylvana Sylvester Sylvia Sylvie Sönke Sören Süleyman Sünje Tabea Tabita
Taddäus Tadeusz Taha Tale Talea Tamara Tamer Tamino Tammo Taner Tania Tanja Tarek Tarik Tariq
Tassilo Tatiana Tatjana Tayfun Tayyip Ted Telse Teresa Tessa Tetjana Thaddäus Thanh Thea Theda
Thekla Theo Theodor Theresa Therese Theresia Thi Thies Thilo Thomas Thoralf Thorben Thorsten Thure
Thuy Thyra Tiago Tibor Tilda Till Tillmann Tilman Tilmann Tilo Tim Timm Timo Timon Tina Tine Tino
Titus Tjade Tjark Tjorven Tobias Tolga Tom Tomas Tomasz Tomke Tommy Toni Tonja Tora Torben Tore
Torge Torsten Traudel Traugott Traute Tristan Trude Tuan Tuba Turgut Tuğba Tyra Tülay Tülin Ubbo
Uda Udo Ufuk Ulf Uli Ulla Ulrich Ulrike Ulvi Umut Undine Urs Ursel Ursina Ursula Urszula Urte
Uschi Uta Ute Uwe Uğur Valentin Valentina Valerie Valerij Valeska Vanessa Vasilis Vedat Veit Vera
Verena Vernon Veronica Veronika Veronique Veysel Victor Victoria Vigo Viktor Viktoria Vincent
Vinzent Vinzenz Viola Violetta Virginia Vitali Vito Vittoria Vivian Viviane Vivien Vladimir Volkan
Volker Volkert Volkhard Volkmar Vreni Vroni Wael Wafa Walburga Waldemar Walid Walli Walpurga
Walter Walther Waltraud Waltraut Wanda Wanja Wassilij Wei Wendelin Wenke Wenzel Werner Wiebke
Wieland Wiesław Wigbert Wilfried Wilhelm Wilhelmine Wilko Willi Willibald Willy Wilma Wiltrud Wim
Winfried Winrich Witold Witta Wladimir Wladislaw Wojciech Wolf Wolfgang Wolfhard Wolfhart Wolfram
Wunibald Xaver Xenia Xiao Yahya Yannic Yannick Yannik Yannis Yara Yasemin Yasin Yasmeen Yasmin
Yavuz Yeliz Yeşim Yildiz Yolanda Yorick Youssef Yuki Yulia Yunus Yusra Yusuf Yves Yvonne Yücel
Yılmaz Zafer Zaid Zainab Zakaria Zbigniew Zdenek Zehra Zeliha Zenon Zenzi Zeynep Ziad Zita Zoe
Zofia Zoran Zoé Zuzana Zygmunt Zübeyde Çağla Çiğdem Ömer Özcan Özgür Özlem Ümit Ünal İbrahim
Łukasz Şahin Şebnem Şule
"""
GIVEN_NAMES = frozenset(_NAMES.split())


def is_given(word: str) -> bool:
    """Whether this is a common given name, also as one half of "Klaus-Dieter"."""
    return word in GIVEN_NAMES or ("-" in word and word.split("-", 1)[0] in GIVEN_NAMES)
