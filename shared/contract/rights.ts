import type { CallName } from './protocol.ts'

/** Ranks, lowest first: each may do what the ones before it may. */
export const personRoles = ['operator', 'lead', 'manager', 'admin'] as const
export type PersonRole = (typeof personRoles)[number]

/**
 * Who may call a function of the engine. `anyone`: it changes nothing. `station`: it changes something, and the screen at the
 * line needs no PIN for it, unless the plant wants one (then any role). A role: somebody with that role or a higher one, by PIN.
 */
export type Right = 'anyone' | 'station' | PersonRole

/** The one table of who may do what; docs/people.md says it in words. The engine looks here before every call. */
export const rights: Record<CallName, Right> = {
  hello: 'anyone',
  ack: 'anyone',
  signIn: 'anyone',
  signInBadge: 'anyone',
  signOut: 'anyone',
  openStops: 'anyone',
  selfTest: 'anyone',
  rejects: 'anyone',
  sources: 'anyone',
  health: 'anyone',
  quarantined: 'anyone',
  logScrap: 'station',
  setStopReason: 'station',
  splitStop: 'station',
  mergeStops: 'station',
  startChangeover: 'station',
  endChangeover: 'station',
  changeoverStep: 'station',
  raiseCall: 'station',
  answerCall: 'station',
  callTimes: 'anyone',
  undo: 'station',
  okrs: 'anyone',
  okrHistory: 'anyone',
  checkIn: 'operator',
  proposeTarget: 'operator',
  createObjective: 'lead',
  editObjective: 'lead',
  archiveObjective: 'lead',
  createKeyResult: 'lead',
  editKeyResult: 'lead',
  changeTarget: 'lead',
  archiveKeyResult: 'lead',
  /** Whoever is above the line that made it. */
  answerProposal: 'manager',
  closeObjective: 'lead',
  lockIn: 'lead',
  correctCount: 'lead',
  enterSafety: 'operator',
  enterFigure: 'operator',
  addNote: 'operator',
  kpis: 'anyone',
  kpiHistory: 'anyone',
  saveKpi: 'lead',
  actions: 'anyone',
  actionHistory: 'anyone',
  saveAction: 'operator',
  answerRed: 'operator',
  saveBarrier: 'operator',
  saveReview: 'lead',
  candidate: 'anyone',
  makeKeyResult: 'lead',
  startHuddle: 'station',
  stepHuddle: 'station',
  countPresent: 'station',
  finishHuddle: 'station',
  huddles: 'anyone',
  paper: 'anyone',
  reportShifts: 'anyone',
  signHours: 'lead',
  raiseToTier: 'operator',
  answerTier: 'lead',
  settleQuarantined: 'lead',
  people: 'admin',
  addPerson: 'admin',
  /** Only while nobody is known: whoever stands in front of a new board. */
  addFirstAdmin: 'anyone',
  setRole: 'admin',
  resetPin: 'admin',
  setBadge: 'admin',
  retirePerson: 'admin',
  /** One's own. */
  changePin: 'operator',
  auditTrail: 'manager',
  leaveBoard: 'admin',
}

/** True when somebody with this role may do what needs `right`. */
export function mayDo(role: PersonRole, right: Right): boolean {
  if (right === 'anyone' || right === 'station') return true
  return personRoles.indexOf(role) >= personRoles.indexOf(right)
}
