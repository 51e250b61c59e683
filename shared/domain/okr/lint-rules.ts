export type LintSeverity = 'mistake' | 'warning' | 'hint'
export type LintRuleId = keyof typeof lintRules

/**
 * Every rule: how grave it is, why it exists, and how to mend what it finds. The sentence on screen names the case and comes
 * from `lint`.
 */
export const lintRules = {
  'kpis-too-many': {
    severity: 'warning',
    why: 'A crew can act on five to ten numbers; forty are wallpaper.',
    fix: 'Keep the ten that somebody acts on and make the others data.',
  },
  'kpis-too-few': {
    severity: 'hint',
    why: 'With fewer than five the board sees only a part of the line.',
    fix: 'Add a KPI for a theme that has none.',
  },
  'theme-empty': {
    severity: 'warning',
    why: 'What nobody measures loses against what the board shows.',
    fix: 'Choose one KPI for the theme, by hand if no signal gives it.',
  },
  'only-lagging': {
    severity: 'warning',
    why: 'Lagging KPIs tell what has happened; leading ones can still be changed this shift.',
    fix: 'Add a leading KPI, such as open safety findings or preventive maintenance done.',
  },
  'no-objective': {
    severity: 'warning',
    why: 'KPIs alone keep the line as it is; objectives say what will change.',
    fix: 'Choose one KPI that hurts and make it a key result.',
  },
  'kpi-no-owner': {
    severity: 'warning',
    why: 'A number that belongs to everybody is answered by nobody.',
    fix: 'Name one person or role.',
  },
  'kpi-no-objective': {
    severity: 'hint',
    why: 'A KPI that serves no aim cannot be weighed against the others.',
    fix: 'Say which aim of the plant it serves, or make it data.',
  },
  'kpi-no-protocol': {
    severity: 'warning',
    why: 'When it turns red, the crew must not begin by asking what to do.',
    fix: 'Write down trigger, first response, who, within how long, and who comes next.',
  },
  'objective-number': {
    severity: 'warning',
    why: 'An objective says where to go in words that people repeat; its key results measure it.',
    fix: 'Move the figure into a key result.',
  },
  'key-result-incomplete': {
    severity: 'mistake',
    why: 'Without a start, an end, a date and an owner nobody can say whether it is on pace.',
    fix: 'Fill in what is missing.',
  },
  'key-result-no-number': {
    severity: 'mistake',
    why: 'A key result is a number that moves.',
    fix: 'Say what it is now and what it shall be.',
  },
  'key-result-task': {
    severity: 'warning',
    why: 'A task can be done without anything getting better.',
    fix: 'Write the result that the task shall bring, and keep the task as an action.',
  },
  'business-as-usual': {
    severity: 'warning',
    why: 'Keeping a level is what KPIs are for; a key result changes the level.',
    fix: 'Make it a KPI with a target, or choose a target beyond what the line does anyway.',
  },
  'key-result-no-link': {
    severity: 'warning',
    why: 'What hangs on no number of the line and serves nobody above drifts away.',
    fix: 'Bind it to a KPI of the line, or say which key result of the plant it serves.',
  },
  'objectives-too-many': {
    severity: 'warning',
    why: 'Who has more than five objectives has none.',
    fix: 'Keep the ones for this quarter and park the others.',
  },
  'red-without-objective': {
    severity: 'warning',
    why: 'A month of red is no bad day but a gap that needs a plan.',
    fix: 'Make it a key result.',
  },
  'target-old': {
    severity: 'hint',
    why: 'A target older than a quarter belongs to another line than the one that runs now.',
    fix: 'Confirm it or set a new one in the monthly review.',
  },
  'check-in-missing': {
    severity: 'warning',
    why: 'A key result that nobody talks about for a week is decoration.',
    fix: 'Check in: value, confidence, one sentence.',
  },
  'all-at-goal': {
    severity: 'hint',
    why: 'When everything is reached, the goals were too low.',
    fix: 'Set the next targets beyond what feels safe.',
  },
} as const satisfies Record<string, { severity: LintSeverity; why: string; fix: string }>
