export const deNotes = {
  then: ', {text}',
  pair: '{first}, {second}',
  refusal: {
    signInBadge: {
      'wrong-pin': 'Dieser Ausweis ist hier nicht bekannt. Bitte mit PIN anmelden.',
    },
    undo: {
      'not-found': 'Dieser Eintrag ist schon weg. Es gibt nichts zurückzunehmen.',
      'too-late': 'Ein Eintrag lässt sich 30 Sekunden lang zurücknehmen. Die Teamleitung kann berichtigen.',
    },
    setStopReason: {
      'not-found': 'Dieser Stopp steht nicht mehr in der Liste. Bitte neu öffnen.',
      'too-late': 'Stopps lassen sich 7 Tage lang ändern.',
    },
    splitStop: {
      'not-found': 'Dieser Stopp steht nicht mehr in der Liste. Bitte neu öffnen.',
      'too-late': 'Stopps lassen sich 7 Tage lang ändern.',
      'bad-input': 'Ein Stopp lässt sich nur zu einer Zeit in ihm teilen.',
    },
    mergeStops: {
      'not-found': 'Diese Stopps stehen nicht mehr in der Liste. Bitte neu öffnen.',
      'too-late': 'Stopps lassen sich 7 Tage lang ändern.',
      'not-allowed': 'Die Linie steht noch. Stopps verbinden, wenn sie wieder läuft.',
      'bad-input': 'Diese Stopps liegen zu weit auseinander, um einer zu sein.',
    },
    startChangeover: {
      'not-allowed': 'Es wird schon gerüstet. Erst das beenden.',
    },
    endChangeover: {
      'not-found': 'Es wird gerade nicht gerüstet.',
    },
    checkIn: {
      'not-found': 'Dieses Key Result gibt es nicht mehr.',
      'bad-input': 'Dieses Key Result folgt der Linie. Sein Wert lässt sich nicht eingeben.',
    },
    createObjective: {
      'not-allowed':
        'In diesem Zyklus gibt es schon fünf Ziele. Eines abschließen oder einem ein Schlüsselergebnis hinzufügen.',
    },
    editObjective: {
      'not-allowed':
        'In diesem Zyklus gibt es schon fünf Ziele. Eines abschließen oder einem ein Schlüsselergebnis hinzufügen.',
    },
    makeKeyResult: {
      'bad-input': 'Das Ziel muss besser sein als der Anfang.',
    },
  },
  storeProblem: {
    full: 'Die Platte ist voll: Platz schaffen. Bis dahin wird nichts gespeichert.',
    locked: 'Ein anderes Programm sperrt den Speicher: bitte schließen. Bis dahin wird nichts gespeichert.',
    readonly: 'Der Speicher ist nicht beschreibbar: Rechte des Ordners prüfen',
    damaged: 'Der Speicher ist beschädigt: Tafel neu starten, sie nimmt die letzte Kopie',
    failing: 'Nichts lässt sich speichern: Platte prüfen',
  },
  storeNotice: {
    diskLow: 'Die Platte ist fast voll, noch {mb} MB: Platz schaffen',
    damagedEmpty: 'Ein beschädigter Speicher liegt als {name} beiseite; die Tafel begann einen leeren',
    damagedCopy: 'Ein beschädigter Speicher liegt als {name} beiseite; weiter mit der Kopie von {time}',
    newerEmpty: 'Ein Speicher einer neueren Version liegt als {name} beiseite; die Tafel begann einen leeren',
    newerCopy:
      'Ein Speicher einer neueren Version liegt als {name} beiseite; weiter mit der Kopie von {time}',
  },
  setUp: {
    gaps: 'KPIs im KPI-Editor vereinbaren',
    kpis: 'KPIs im KPI-Editor vereinbaren',
    status: 'Immer zu sehen',
    hours: 'Braucht Schichten in plant.yaml und Zählwerte der Linie',
    oee: 'Braucht Schichten und ideale Zykluszeiten in plant.yaml',
    scrap: 'Kommt mit dem ersten gezählten oder erfassten Ausschuss',
    changeover: 'Kommt mit dem ersten Rüsten',
    sqdcp: 'Braucht Werte für die Buchstaben: noch keine da',
    calls: 'Kommt mit dem ersten Ruf oder der ersten Maßnahme',
    keys: 'Braucht Key Results: in plant.yaml unter seed: eintragen',
    result: 'Braucht Key Results: in plant.yaml unter seed: eintragen',
    strategy: 'Braucht das Ziel des Werks und seine Objectives',
    health: 'Ziele auf den Touch-Seiten eingeben',
    plant: 'Braucht mehr als eine Linie in plant.yaml',
  },
}
