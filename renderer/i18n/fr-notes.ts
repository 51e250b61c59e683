export const frNotes = {
  then: ', {text}',
  pair: '{first}, {second}',
  refusal: {
    signInBadge: {
      'wrong-pin': 'Ce badge est inconnu ici. Utilisez le code PIN.',
    },
    undo: {
      'not-found': 'Cette saisie n’est plus là. Il n’y a rien à annuler.',
      'too-late':
        'Une saisie peut être annulée pendant 30 secondes. Demandez une correction au chef d’équipe.',
    },
    setStopReason: {
      'not-found': 'Cet arrêt n’est plus dans la liste. Rouvrez-la.',
      'too-late': 'Les arrêts peuvent être modifiés pendant 7 jours.',
    },
    splitStop: {
      'not-found': 'Cet arrêt n’est plus dans la liste. Rouvrez-la.',
      'too-late': 'Les arrêts peuvent être modifiés pendant 7 jours.',
      'bad-input': 'Un arrêt ne peut être partagé qu’à un instant qu’il contient.',
    },
    mergeStops: {
      'not-found': 'Ces arrêts ne sont plus dans la liste. Rouvrez-la.',
      'too-late': 'Les arrêts peuvent être modifiés pendant 7 jours.',
      'not-allowed': 'La ligne est encore arrêtée. Réunissez ses arrêts quand elle tournera.',
      'bad-input': 'Ces arrêts sont trop éloignés pour n’en faire qu’un.',
    },
    startChangeover: {
      'not-allowed': 'Un changement est déjà en cours. Terminez-le d’abord.',
    },
    endChangeover: {
      'not-found': 'Aucun changement n’est en cours.',
    },
    checkIn: {
      'not-found': 'Ce résultat clé n’existe plus.',
      'bad-input': 'Ce résultat clé suit la ligne. Sa valeur ne se saisit pas.',
    },
    createObjective: {
      'not-allowed':
        'Ce cycle compte déjà cinq objectifs. Clôturez-en un ou ajoutez un résultat clé à l’un d’eux.',
    },
    editObjective: {
      'not-allowed':
        'Ce cycle compte déjà cinq objectifs. Clôturez-en un ou ajoutez un résultat clé à l’un d’eux.',
    },
    makeKeyResult: {
      'bad-input': 'La cible doit être meilleure que le départ.',
    },
  },
  storeProblem: {
    full: 'Le disque est plein : libérez de la place. Rien n’est enregistré d’ici là.',
    locked: 'Un autre programme bloque la base : fermez-le. Rien n’est enregistré d’ici là.',
    readonly: 'La base ne peut pas être écrite : vérifiez les droits de son dossier',
    damaged: 'La base est endommagée : redémarrez le tableau, il reprendra la dernière copie',
    failing: 'Rien ne peut être enregistré : vérifiez le disque',
  },
  storeNotice: {
    diskLow: 'Le disque est presque plein, reste {mb} Mo : libérez de la place',
    damagedEmpty: 'Une base endommagée a été mise de côté ({name}) ; le tableau en a commencé une vide',
    damagedCopy:
      'Une base endommagée a été mise de côté ({name}) ; le tableau continue avec la copie de {time}',
    newerEmpty:
      'Une base d’une version plus récente a été mise de côté ({name}) ; le tableau en a commencé une vide',
    newerCopy:
      'Une base d’une version plus récente a été mise de côté ({name}) ; le tableau continue avec la copie de {time}',
  },
  setUp: {
    gaps: 'Convenir de KPI dans l’éditeur de KPI',
    kpis: 'Convenir de KPI dans l’éditeur de KPI',
    status: 'Toujours affiché',
    hours: 'Il faut des postes dans plant.yaml et des comptages de la ligne',
    oee: 'Il faut des postes et des cycles idéaux dans plant.yaml',
    scrap: 'Vient avec le premier rebut compté ou saisi',
    changeover: 'Vient avec le premier changement',
    sqdcp: 'Il faut des chiffres pour ses lettres : aucun n’est encore venu',
    calls: 'Vient avec le premier appel ou la première action',
    keys: 'Il faut des résultats clés : écrivez-les sous seed: dans plant.yaml',
    result: 'Il faut des résultats clés : écrivez-les sous seed: dans plant.yaml',
    strategy: 'Il faut le but de l’usine et ses objectifs',
    health: 'Objectifs : sur les pages tactiles',
    plant: 'Il faut plus d’une ligne dans plant.yaml',
  },
}
