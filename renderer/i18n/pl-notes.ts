export const plNotes = {
  then: ', {text}',
  pair: '{first}, {second}',
  refusal: {
    signInBadge: {
      'wrong-pin': 'Ten identyfikator nie jest tu znany. Użyj PIN-u.',
    },
    undo: {
      'not-found': 'Tego wpisu już nie ma. Nie ma czego cofać.',
      'too-late': 'Wpis można cofnąć przez 30 sekund. O poprawkę poproś lidera.',
    },
    setStopReason: {
      'not-found': 'Tego postoju nie ma już na liście. Otwórz ją ponownie.',
      'too-late': 'Postoje można zmieniać przez 7 dni.',
    },
    splitStop: {
      'not-found': 'Tego postoju nie ma już na liście. Otwórz ją ponownie.',
      'too-late': 'Postoje można zmieniać przez 7 dni.',
      'bad-input': 'Postój można podzielić tylko w chwili, która w nim leży.',
    },
    mergeStops: {
      'not-found': 'Tych postojów nie ma już na liście. Otwórz ją ponownie.',
      'too-late': 'Postoje można zmieniać przez 7 dni.',
      'not-allowed': 'Linia nadal stoi. Połącz postoje, gdy znów ruszy.',
      'bad-input': 'Te postoje są zbyt odległe, by były jednym.',
    },
    startChangeover: {
      'not-allowed': 'Przezbrojenie już trwa. Najpierw je zakończ.',
    },
    endChangeover: {
      'not-found': 'Żadne przezbrojenie nie trwa.',
    },
    checkIn: {
      'not-found': 'Tego kluczowego rezultatu już nie ma.',
      'bad-input': 'Ten kluczowy rezultat idzie za linią. Jego wartości nie można wpisać.',
    },
    createObjective: {
      'not-allowed': 'W tym cyklu jest już pięć celów. Zamknij jeden lub dodaj do jednego kluczowy wynik.',
    },
    editObjective: {
      'not-allowed': 'W tym cyklu jest już pięć celów. Zamknij jeden lub dodaj do jednego kluczowy wynik.',
    },
    makeKeyResult: {
      'bad-input': 'Cel musi być lepszy niż początek.',
    },
  },
  storeProblem: {
    full: 'Dysk jest pełny: zwolnij miejsce. Do tego czasu nic nie jest zapisywane.',
    locked: 'Inny program blokuje bazę: zamknij go. Do tego czasu nic nie jest zapisywane.',
    readonly: 'Nie można zapisać do bazy: sprawdź prawa do jej folderu',
    damaged: 'Baza jest uszkodzona: uruchom tablicę ponownie, użyje ostatniej kopii',
    failing: 'Niczego nie można zapisać: sprawdź dysk',
  },
  storeNotice: {
    diskLow: 'Dysk jest prawie pełny, zostało {mb} MB: zwolnij miejsce',
    damagedEmpty: 'Uszkodzoną bazę odłożono jako {name}; tablica zaczęła pustą',
    damagedCopy: 'Uszkodzoną bazę odłożono jako {name}; tablica używa kopii z {time}',
    newerEmpty: 'Bazę nowszej wersji odłożono jako {name}; tablica zaczęła pustą',
    newerCopy: 'Bazę nowszej wersji odłożono jako {name}; tablica używa kopii z {time}',
  },
  setUp: {
    gaps: 'Uzgodnij KPI w edytorze KPI',
    kpis: 'Uzgodnij KPI w edytorze KPI',
    status: 'Zawsze widoczny',
    hours: 'Wymaga zmian w plant.yaml i zliczeń z linii',
    oee: 'Wymaga zmian i idealnych cykli w plant.yaml',
    scrap: 'Pojawi się z pierwszym brakiem',
    changeover: 'Pojawi się z pierwszym przezbrojeniem',
    sqdcp: 'Wymaga liczb dla swoich liter: jeszcze żadnej nie ma',
    calls: 'Pojawi się z pierwszym wezwaniem lub działaniem',
    keys: 'Wymaga kluczowych rezultatów: wpisz je pod seed: w plant.yaml',
    result: 'Wymaga kluczowych rezultatów: wpisz je pod seed: w plant.yaml',
    strategy: 'Wymaga celu zakładu i jego celów',
    health: 'Cele: na stronach dotykowych',
    plant: 'Wymaga więcej niż jednej linii w plant.yaml',
  },
}
