export const esNotes = {
  then: ', {text}',
  pair: '{first}, {second}',
  refusal: {
    signInBadge: {
      'wrong-pin': 'Esta tarjeta no se conoce aquí. Usa el PIN.',
    },
    undo: {
      'not-found': 'Este registro ya no está. No hay nada que deshacer.',
      'too-late': 'Un registro se puede deshacer durante 30 segundos. Pide una corrección al jefe de equipo.',
    },
    setStopReason: {
      'not-found': 'Esta parada ya no está en la lista. Ábrela de nuevo.',
      'too-late': 'Las paradas se pueden cambiar durante 7 días.',
    },
    splitStop: {
      'not-found': 'Esta parada ya no está en la lista. Ábrela de nuevo.',
      'too-late': 'Las paradas se pueden cambiar durante 7 días.',
      'bad-input': 'Una parada solo se puede dividir en un momento dentro de ella.',
    },
    mergeStops: {
      'not-found': 'Estas paradas ya no están en la lista. Ábrela de nuevo.',
      'too-late': 'Las paradas se pueden cambiar durante 7 días.',
      'not-allowed': 'La línea sigue parada. Une sus paradas cuando vuelva a funcionar.',
      'bad-input': 'Estas paradas están demasiado separadas para ser una.',
    },
    startChangeover: {
      'not-allowed': 'Ya hay un cambio en curso. Termínalo primero.',
    },
    endChangeover: {
      'not-found': 'No hay ningún cambio en curso.',
    },
    checkIn: {
      'not-found': 'Este resultado clave ya no está.',
      'bad-input': 'Este resultado clave sigue a la línea. Su valor no se puede escribir.',
    },
    createObjective: {
      'not-allowed': 'Ya hay cinco objetivos en este ciclo. Cierre uno o añada un resultado clave a uno.',
    },
    editObjective: {
      'not-allowed': 'Ya hay cinco objetivos en este ciclo. Cierre uno o añada un resultado clave a uno.',
    },
    makeKeyResult: {
      'bad-input': 'La meta debe ser mejor que el inicio.',
    },
  },
  storeProblem: {
    full: 'El disco está lleno: libera espacio. Mientras tanto no se guarda nada.',
    locked: 'Otro programa bloquea el almacén: ciérralo. Mientras tanto no se guarda nada.',
    readonly: 'No se puede escribir en el almacén: revisa los permisos de su carpeta',
    damaged: 'El almacén está dañado: reinicia el tablero, seguirá con la última copia',
    failing: 'No se puede guardar nada: revisa el disco',
  },
  storeNotice: {
    diskLow: 'El disco está casi lleno, quedan {mb} MB: libera espacio',
    damagedEmpty: 'Un almacén dañado se apartó como {name}; el tablero empezó uno vacío',
    damagedCopy: 'Un almacén dañado se apartó como {name}; el tablero sigue con la copia de {time}',
    newerEmpty: 'Un almacén de una versión más nueva se apartó como {name}; el tablero empezó uno vacío',
    newerCopy:
      'Un almacén de una versión más nueva se apartó como {name}; el tablero sigue con la copia de {time}',
  },
  setUp: {
    gaps: 'Acuerde KPI en el editor de KPI',
    kpis: 'Acuerde KPI en el editor de KPI',
    status: 'Siempre visible',
    hours: 'Necesita turnos en plant.yaml y recuentos de la línea',
    oee: 'Necesita turnos y ciclos ideales en plant.yaml',
    scrap: 'Llega con el primer rechazo contado o registrado',
    changeover: 'Llega con el primer cambio',
    sqdcp: 'Necesita cifras para sus letras: aún no hay ninguna',
    calls: 'Llega con la primera llamada o acción',
    keys: 'Necesita resultados clave: escríbelos en seed: de plant.yaml',
    result: 'Necesita resultados clave: escríbelos en seed: de plant.yaml',
    strategy: 'Necesita la meta de la planta y sus objetivos',
    health: 'Objetivos: en las páginas táctiles',
    plant: 'Necesita más de una línea en plant.yaml',
  },
}
