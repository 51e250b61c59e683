import { personRoles } from '../../shared/contract/rights.ts'
import { Command, CommanderError, Option } from 'commander'
import { windowKinds } from '../../shared/domain/kpis/windows.ts'
import { exportNames } from './export-names.ts'
import { HostError, reasonOf } from './host-error.ts'
import { productVersion } from './version.ts'

const epilogue = `
Exit codes:
  0  done, everything in order
  1  a finding: mistakes in a plant file (check), a vector that differs (selftest), roll-ups that differ (rebuild), the
     board ended badly
  2  wrong input or a setting to mend; selftest: a vector that cannot be computed

"lineside help COMMAND" explains a command.`

/** Runs one command. Sets the exit code; wrong input and expected failures are one sentence each, never a stack trace. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  const program = commandLine()
  try {
    await program.parseAsync([...argv])
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2
      return
    }
    console.error(reasonOf(error))
    process.exitCode = error instanceof HostError ? error.exitCode : 1
  }
}

/** All commands; each one loads its own code only when it runs. */
function commandLine(): Command {
  const program = new Command('lineside')
    .description("The andon board of a production line: live KPIs from MQTT beside the team's key results.")
    .version(productVersion(), '--version', 'print the version')
    .helpOption('-h, --help', 'explain a command')
    .addHelpText('after', epilogue)
    .showHelpAfterError('(add --help for what is possible)')
    .exitOverride()

  const plant = new Option(
    '--plant <file>',
    'plant file (plant.yaml); without it the demo plant runs',
  ).argParser(path('--plant'))
  const data = new Option(
    '--data <dir>',
    'folder of the store; made when missing (default: your data folder)',
  ).argParser(path('--data'))
  const port = new Option('--port <number>', 'port on 127.0.0.1; 0 takes a free one').argParser(portNumber)

  program
    .command('start')
    .description('Run the board: in Electron, else in a browser window, else only served. Ctrl-C ends it.')
    .addOption(plant)
    .addOption(data)
    .option('--serve', 'no Electron: serve the board on loopback and open it in a browser')
    .addOption(
      new Option('--port <number>', 'like --serve, on this port (0: a free one)').argParser(portNumber),
    )
    .option('--headless', 'no window at all: serve only')
    .action(async (options) => (await import('./commands/start.ts')).start(options))

  program
    .command('serve')
    .description('Run the same engine without a window and serve the board on loopback (default port 8123).')
    .addOption(plant)
    .addOption(data)
    .addOption(port)
    .action(async (options) => (await import('./commands/start.ts')).start({ ...options, headless: true }))

  program
    .command('check')
    .description(
      'Check a plant file: every mistake with line, column and what was expected. Exit code 1 if any.',
    )
    .argument('<plant.yaml>', 'the file to check')
    .option(
      '--broker',
      'also greet its broker: what it grants, and how many messages it keeps for an absent board (measured with 1,200 small ones on a topic of its own)',
    )
    .action(async (file, options) => (await import('./commands/check.ts')).check(file, options))

  program
    .command('kpi')
    .description('The KPIs of lines in a window [from, to), out of the store; works while the board runs.')
    .requiredOption('--data <dir>', 'folder of the store', path('--data'))
    .requiredOption(
      '--line <ids>',
      'the line by its id in the plant file; several by comma, or "all": their sums',
    )
    .option('--from <iso>', "start, such as 2026-11-20T06:00 (in the plant's time zone) or with Z or +01:00")
    .option('--to <iso>', 'end, likewise; not included')
    .addOption(
      new Option(
        '--window <kind>',
        'instead of --from and --to: with the window before and a week earlier',
      ).choices(windowKinds),
    )
    .option('--at <iso>', 'a time in that window (default: now)')
    .option('--plant <file>', 'plant file (default: the settings the store was last run with)')
    .option('--json', 'print one JSON object (seconds, fractions, ISO times) instead of a table')
    .action(async (options) => (await import('./commands/kpi.ts')).kpi(options))

  program
    .command('export')
    .description(
      'What the store holds of one line, as CSV, JSON or JSON lines on standard output; works while the board runs.',
    )
    .requiredOption('--data <dir>', 'folder of the store', path('--data'))
    .requiredOption('--line <id>', 'the line, by its id in the plant file')
    .addOption(new Option('--what <kind>', 'what to export').choices(exportNames).default('minutes'))
    .addOption(
      new Option('--format <format>', 'form of the output').choices(['csv', 'json', 'jsonl']).default('csv'),
    )
    .option('--from <iso>', 'start (default: the oldest)')
    .option('--to <iso>', 'end, not included (default: now)')
    .option('--plant <file>', 'plant file (default: the settings the store was last run with)')
    .action(async (options) => (await import('./commands/export.ts')).exportData(options))

  program
    .command('backup')
    .description('Copy the store into one file, checked, also while the board runs.')
    .requiredOption('--data <dir>', 'folder of the store', path('--data'))
    .argument('<file>', 'where the copy goes')
    .option('--force', 'replace a file that is there')
    .action(async (file, options) => (await import('./commands/backup.ts')).backup(file, options))

  program
    .command('restore')
    .description(
      'Put a copy in the place of the store, while no board runs on it. The store before is kept beside it.',
    )
    .requiredOption('--data <dir>', 'folder of the store; made when missing', path('--data'))
    .argument('<file>', 'a copy made by "lineside backup", or a store that was set aside')
    .action(async (file, options) => (await import('./commands/restore.ts')).restore(file, options))

  program
    .command('rejects')
    .description(
      'Messages that were not counted, by reason, and the newest ones; works while the board runs.',
    )
    .requiredOption('--data <dir>', 'folder of the store', path('--data'))
    .addOption(new Option('--limit <number>', 'how many of the newest ones').argParser(count).default(20))
    .option('--json', 'print one JSON object')
    .action(async (options) => (await import('./commands/rejects.ts')).rejects(options))

  program
    .command('correct')
    .description(
      'Add pieces to a count, or take away the last ones before a time, as an entry of its own (while no board runs).',
    )
    .requiredOption('--data <dir>', 'folder of the store', path('--data'))
    .requiredOption('--line <id>', 'the line, by its id in the plant file')
    .requiredOption(
      '--at <iso>',
      "when, such as 2026-11-20T06:00 (in the plant's time zone) or with Z or +01:00",
    )
    .addOption(new Option('--good <pieces>', 'good pieces, such as 5 or -5').argParser(pieces).default(0))
    .addOption(new Option('--scrap <pieces>', 'scrap, such as 5 or -5').argParser(pieces).default(0))
    .requiredOption('--reason <text>', 'why')
    .requiredOption('--by <name>', 'who corrects')
    .action(async (options) => (await import('./commands/correct.ts')).correct(options))

  const okr = program
    .command('okr')
    .description('Objectives, key results and KPIs as files: docs/okr-file.md explains every key and column.')
  okr
    .command('import')
    .description(
      'Take over objectives and KPIs from a YAML or CSV file, all or none, while no board runs on the folder. Exit code 1: mistakes.',
    )
    .argument('<file>', 'the file; .csv is read as CSV, everything else as YAML')
    .requiredOption('--data <dir>', 'folder of the store', path('--data'))
    .requiredOption('--by <name>', 'who imports')
    .option('--check', 'only look for mistakes, and what could be better')
    .option('--plant <file>', 'plant file (default: the settings the store was last run with)')
    .action(async (file, options) => (await import('./commands/okr.ts')).importOkrs(file, options))
  okr
    .command('export')
    .description(
      'Running objectives of all lines and above them, and KPIs, on standard output; works while the board runs.',
    )
    .requiredOption('--data <dir>', 'folder of the store', path('--data'))
    .addOption(new Option('--format <format>', 'form of the output').choices(['yaml', 'csv']).default('yaml'))
    .addOption(
      new Option(
        '--only <what>',
        'one of the two (default: both; CSV holds objectives unless kpis are asked for)',
      ).choices(['objectives', 'kpis'] as const),
    )
    .option('--plant <file>', 'plant file (default: the settings the store was last run with)')
    .action(async (options) => (await import('./commands/okr.ts')).exportOkrs(options))

  program
    .command('settle')
    .description(
      'Count a quarantined message after all, or refuse it for good, with an entry in the audit trail (while no board runs).',
    )
    .argument('<seq>', 'its number, as lineside rejects prints it', messageNumber)
    .requiredOption('--data <dir>', 'folder of the store', path('--data'))
    .option('--release', 'count it')
    .option('--discard', 'never count it')
    .requiredOption('--reason <text>', 'why')
    .requiredOption('--by <name>', 'who decides')
    .action(async (seq, options) => (await import('./commands/settle.ts')).settle(seq, options))

  program
    .command('rebuild')
    .description(
      'Make all roll-ups anew from raw readings and compare them with the stored ones. Exit code 1: they differ.',
    )
    .requiredOption('--data <dir>', 'folder of the store', path('--data'))
    .option('--line <id>', 'only this line')
    .option('--plant <file>', 'plant file (default: the settings the store was last run with)')
    .action(async (options) => (await import('./commands/rebuild.ts')).rebuild(options))

  program
    .command('record')
    .description('Write what the broker sends to a file, one JSON object a line, until Ctrl-C or a bound.')
    .argument('<file>', 'the file to write; it must not be there yet')
    .requiredOption('--plant <file>', 'plant file: its broker section says where and how', path('--plant'))
    .option('--topic <filter...>', "topics to record, such as 'ia/#' (default: the plant's native topics)")
    .option('--max-mb <number>', 'end at this size', positive('--max-mb'), 1_000)
    .option('--seconds <number>', 'end after this time', positive('--seconds'))
    .action(async (file, options) => (await import('./commands/record.ts')).record(file, options))

  program
    .command('replay')
    .description(
      'Feed a recording through the whole pipeline at its own times into a data folder, while no board runs on it.',
    )
    .argument('<file>', 'lines of {topic, payload, timestamp, qos, retain}; - for standard input')
    .requiredOption('--plant <file>', 'plant file that the messages belong to', path('--plant'))
    .requiredOption('--data <dir>', 'folder of the store; made when missing', path('--data'))
    .option('--speed <number>', 'seconds of the recording in one second, or max', speed, Infinity)
    .action(async (file, options) => (await import('./commands/replay.ts')).replay(file, options))

  program
    .command('selftest')
    .description(
      'Recompute published worked examples. Exit code 1: one differs; 2: one cannot be computed (named).',
    )
    .option('--vectors <file>', 'examples to recompute (default: those that come with Lineside)')
    .action(async (options) => (await import('./commands/selftest.ts')).selftest(options))

  program
    .command('check-audit')
    .description(
      'Compute the chain of the audit trail anew (also while a board runs). Exit code 1: an entry was edited or taken away.',
    )
    .requiredOption('--data <dir>', 'folder of the store', path('--data'))
    .option('--anchor <head>', 'a head from before: from a PDF, or audit_head of the status topic')
    .action(async (options) => (await import('./commands/check-audit.ts')).checkAudit(options))

  const person = program
    .command('person')
    .description(
      'The people who may sign at the board (docs/people.md). Changes need that no board runs on the store.',
    )
  const named = (name: string, description: string) =>
    person
      .command(name)
      .description(description)
      .requiredOption('--data <dir>', 'folder of the store', path('--data'))
      .requiredOption('--name <name>', 'as shown on the board')
  const pinStdin = [
    '--pin-stdin',
    'read the PIN (4 to 6 digits) from standard input instead of asking',
  ] as const
  named('add', 'Add a person who may sign. The PIN is asked on the terminal.')
    .addOption(
      new Option('--role <role>', 'what the person may do').choices([...personRoles]).makeOptionMandatory(),
    )
    .option(...pinStdin)
    .action(async (options) => (await import('./commands/person.ts')).addPerson(options))
  named('pin', 'Give somebody a new PIN who forgot theirs.')
    .option(...pinStdin)
    .action(async (options) => (await import('./commands/person.ts')).changePersonPin(options))
  named('retire', 'Let somebody sign no more; what they signed keeps their name.').action(async (options) =>
    (await import('./commands/person.ts')).retire(options),
  )
  person
    .command('list')
    .description('Who may sign, and with which role (also while a board runs).')
    .requiredOption('--data <dir>', 'folder of the store', path('--data'))
    .action(async (options) => (await import('./commands/person.ts')).listPeople(options))

  return program
}

/** An empty path is a variable that was not set, not the present folder. */
function path(name: string): (text: string) => string {
  return (text) => {
    if (text !== '') return text
    throw new HostError(`${name} is empty: give a path.`)
  }
}

function pieces(text: string): number {
  if (/^[+-]?\d{1,6}$/.test(text)) return Number(text)
  throw new HostError(`${text} is no number of pieces: give a whole one, such as 5 or -5.`)
}

function count(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text)
  throw new HostError(`--limit ${text} is no number: give one from 0 to 9999.`)
}

function messageNumber(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text)
  throw new HostError(`${text} is no number of a message: give one as lineside rejects prints it.`)
}

function positive(name: string): (text: string) => number {
  return (text) => {
    const number = Number(text)
    if (text !== '' && Number.isFinite(number) && number > 0) return number
    throw new HostError(`${name} ${text} is not right: give a number above 0.`)
  }
}

function speed(text: string): number {
  return text === 'max' ? Infinity : positive('--speed')(text)
}

function portNumber(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new HostError(`--port ${text} is not a port: give a number from 0 to 65535.`)
}
