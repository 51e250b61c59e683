/** What the board says about entries that it refuses, about its store, and about screens that have nothing to show. */
export const enNotes = {
  /** What follows in the same line of words. */
  then: ', {text}',
  pair: '{first}, {second}',
  /** Refusals of one call, by its name: what happened and what to do. */
  refusal: {
    signInBadge: {
      'wrong-pin': 'This badge is not known here. Sign in by PIN.',
    },
    undo: {
      'not-found': 'This entry is gone already. There is nothing to take back.',
      'too-late': 'An entry can be taken back for 30 seconds. Ask a team lead for a correction.',
    },
    setStopReason: {
      'not-found': 'This stop is not in the list any more. Open it again.',
      'too-late': 'Stops can be changed for 7 days.',
    },
    splitStop: {
      'not-found': 'This stop is not in the list any more. Open it again.',
      'too-late': 'Stops can be changed for 7 days.',
      'bad-input': 'A stop can only be split at a time inside it.',
    },
    mergeStops: {
      'not-found': 'These stops are not in the list any more. Open it again.',
      'too-late': 'Stops can be changed for 7 days.',
      'not-allowed': 'The line still stands. Merge its stops when it runs again.',
      'bad-input': 'These stops are too far apart to be one.',
    },
    startChangeover: {
      'not-allowed': 'A changeover is running already. End it first.',
    },
    endChangeover: {
      'not-found': 'No changeover is running.',
    },
    checkIn: {
      'not-found': 'This key result is no longer there.',
      'bad-input': 'This key result follows the line. Its value cannot be typed.',
    },
    createObjective: {
      'not-allowed':
        'There are five objectives in this cycle already. Close one, or add a key result to one.',
    },
    editObjective: {
      'not-allowed':
        'There are five objectives in this cycle already. Close one, or add a key result to one.',
    },
    makeKeyResult: {
      'bad-input': 'The target must be better than the start.',
    },
  },
  /** Why nothing can be stored, and what to do. */
  storeProblem: {
    full: 'The disk is full: free some space. Nothing is stored meanwhile.',
    locked: 'Another program has locked the store: close it. Nothing is stored meanwhile.',
    readonly: 'The store cannot be written: check the rights of its folder',
    damaged: 'The store is damaged: start the board again, it goes on with the last copy',
    failing: 'Nothing can be stored: check the disk',
  },
  storeNotice: {
    diskLow: 'The disk is nearly full, {mb} MB left: free some space',
    damagedEmpty: 'A damaged store was set aside as {name}; the board began an empty one',
    damagedCopy: 'A damaged store was set aside as {name}; the board goes on with the copy of {time}',
    newerEmpty: 'A store of a newer version was set aside as {name}; the board began an empty one',
    newerCopy:
      'A store of a newer version was set aside as {name}; the board goes on with the copy of {time}',
  },
  /** What brings up a screen that has nothing to show. */
  setUp: {
    gaps: 'Agree on KPIs in the KPI editor',
    kpis: 'Agree on KPIs in the KPI editor',
    status: 'Always shown',
    hours: 'Needs shifts in plant.yaml and counts from the line',
    oee: 'Needs shifts and ideal cycle times in plant.yaml',
    scrap: 'Comes with the first scrap that is counted or logged',
    changeover: 'Comes with the first changeover',
    sqdcp: 'Needs figures for its letters: none has come yet',
    calls: 'Comes with the first call or action',
    keys: 'Needs key results: write them under seed: in plant.yaml',
    result: 'Needs key results: write them under seed: in plant.yaml',
    strategy: 'Needs the goal of the plant and its objectives',
    health: 'Objectives: on the touch pages',
    plant: 'Needs more than one line in plant.yaml',
  },
} as const
