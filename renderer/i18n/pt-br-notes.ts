export const ptBrNotes = {
  then: ', {text}',
  pair: '{first}, {second}',
  refusal: {
    signInBadge: {
      'wrong-pin': 'Este crachá não é conhecido aqui. Use o PIN.',
    },
    undo: {
      'not-found': 'Este registro já não existe. Não há nada a desfazer.',
      'too-late': 'Um registro pode ser desfeito por 30 segundos. Peça uma correção ao líder.',
    },
    setStopReason: {
      'not-found': 'Esta parada não está mais na lista. Abra-a de novo.',
      'too-late': 'Paradas podem ser alteradas por 7 dias.',
    },
    splitStop: {
      'not-found': 'Esta parada não está mais na lista. Abra-a de novo.',
      'too-late': 'Paradas podem ser alteradas por 7 dias.',
      'bad-input': 'Uma parada só pode ser dividida em um momento dentro dela.',
    },
    mergeStops: {
      'not-found': 'Estas paradas não estão mais na lista. Abra-a de novo.',
      'too-late': 'Paradas podem ser alteradas por 7 dias.',
      'not-allowed': 'A linha ainda está parada. Junte as paradas quando ela voltar a rodar.',
      'bad-input': 'Estas paradas estão distantes demais para serem uma só.',
    },
    startChangeover: {
      'not-allowed': 'Já há um setup em andamento. Termine-o primeiro.',
    },
    endChangeover: {
      'not-found': 'Não há setup em andamento.',
    },
    checkIn: {
      'not-found': 'Este resultado-chave já não existe.',
      'bad-input': 'Este resultado-chave segue a linha. Seu valor não pode ser digitado.',
    },
    createObjective: {
      'not-allowed':
        'Já há cinco objetivos neste ciclo. Encerre um ou adicione um resultado-chave a um deles.',
    },
    editObjective: {
      'not-allowed':
        'Já há cinco objetivos neste ciclo. Encerre um ou adicione um resultado-chave a um deles.',
    },
    makeKeyResult: {
      'bad-input': 'A meta deve ser melhor que o início.',
    },
  },
  storeProblem: {
    full: 'O disco está cheio: libere espaço. Até lá nada é gravado.',
    locked: 'Outro programa bloqueia o banco: feche-o. Até lá nada é gravado.',
    readonly: 'Não é possível gravar no banco: verifique as permissões da pasta',
    damaged: 'O banco está danificado: reinicie o quadro, ele segue com a última cópia',
    failing: 'Nada pode ser gravado: verifique o disco',
  },
  storeNotice: {
    diskLow: 'O disco está quase cheio, restam {mb} MB: libere espaço',
    damagedEmpty: 'Um banco danificado foi separado como {name}; o quadro começou um vazio',
    damagedCopy: 'Um banco danificado foi separado como {name}; o quadro segue com a cópia de {time}',
    newerEmpty: 'Um banco de versão mais nova foi separado como {name}; o quadro começou um vazio',
    newerCopy: 'Um banco de versão mais nova foi separado como {name}; o quadro segue com a cópia de {time}',
  },
  setUp: {
    gaps: 'Combine KPIs no editor de KPIs',
    kpis: 'Combine KPIs no editor de KPIs',
    status: 'Sempre visível',
    hours: 'Precisa de turnos no plant.yaml e contagens da linha',
    oee: 'Precisa de turnos e ciclos ideais no plant.yaml',
    scrap: 'Vem com o primeiro refugo contado ou registrado',
    changeover: 'Vem com o primeiro setup',
    sqdcp: 'Precisa de números para suas letras: ainda não há nenhum',
    calls: 'Vem com o primeiro chamado ou a primeira ação',
    keys: 'Precisa de resultados-chave: escreva-os em seed: no plant.yaml',
    result: 'Precisa de resultados-chave: escreva-os em seed: no plant.yaml',
    strategy: 'Precisa da meta da fábrica e de seus objetivos',
    health: 'Objetivos: nas páginas de toque',
    plant: 'Precisa de mais de uma linha no plant.yaml',
  },
}
