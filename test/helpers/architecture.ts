import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join, normalize, relative, sep } from 'node:path'
import ts from 'typescript'

/** A part of the source tree and what it may import: parts of the tree, packages, Node's own modules. */
type Rule = {
  /** Folder, from the top. The longest one that fits a file counts. */
  folder: string
  parts: readonly string[]
  packages: readonly string[]
  node: boolean
  /** Where a thing belongs that this part may not import. */
  advice: string
}

const domainPackages = ['zod', 'temporal-polyfill']

export const rules: readonly Rule[] = [
  {
    folder: 'shared/domain',
    parts: ['shared/domain'],
    packages: domainPackages,
    node: false,
    advice:
      'The KPI core is pure: pass values in, and keep files, clocks, sockets and settings in engine, db or host.',
  },
  {
    folder: 'shared/contract',
    parts: ['shared'],
    packages: ['zod'],
    node: false,
    advice: 'The contract is only types and zod schemas that both the page and the engine can load.',
  },
  {
    folder: 'shared/settings',
    parts: ['shared/domain', 'shared/settings'],
    packages: ['zod', 'yaml', 'temporal-polyfill', '@jmespath-community/jmespath'],
    node: false,
    advice: 'Settings are a schema over text that is given: reading files belongs in electron/host.',
  },
  {
    folder: 'db',
    parts: ['db', 'shared'],
    packages: ['better-sqlite3'],
    node: true,
    advice: 'db only stores and finds: decisions belong in electron/engine, arithmetic in shared/domain.',
  },
  {
    folder: 'electron/engine',
    parts: ['electron/engine', 'shared', 'db'],
    packages: ['mqtt', 'protobufjs', 'birpc', 'zod', 'temporal-polyfill'],
    node: true,
    advice:
      'The engine knows neither Electron nor sockets nor SQL: windows belong in electron/main, channels and servers in electron/host, SQL in db/queries.',
  },
  {
    folder: 'electron/host/demo',
    parts: ['electron/host', 'electron/engine', 'shared', 'db', 'assets'],
    packages: ['aedes', 'mqtt', 'zod', 'temporal-polyfill'],
    node: true,
    advice:
      'The demo plant is a broker and a simulated line; what a real plant needs too belongs in electron/engine.',
  },
  {
    folder: 'electron/host',
    parts: ['electron/host', 'electron/engine', 'shared', 'db', 'assets'],
    packages: ['ws', 'sirv', 'commander', 'csv-parse', 'zod', 'temporal-polyfill'],
    node: true,
    advice:
      'A host starts the engine and gives it a channel: product logic belongs in electron/engine, Electron in electron/main.',
  },
  {
    folder: 'electron/main',
    parts: ['electron/main', 'shared'],
    packages: ['electron'],
    node: true,
    advice:
      'Main only opens windows and watches the engine, which it knows as a file path: data belongs in the engine.',
  },
  {
    folder: 'electron/preload',
    parts: ['electron/preload', 'shared/contract'],
    packages: ['electron'],
    node: false,
    advice: 'Preload only hands over the port: everything else belongs in the page (renderer) or in main.',
  },
  {
    folder: 'renderer',
    parts: ['renderer', 'shared'],
    packages: [
      'react',
      'react-dom',
      'chart.js',
      'lucide-react',
      'use-intl',
      'simple-keyboard',
      'simple-keyboard-layouts',
      'birpc',
      'zod',
      'temporal-polyfill',
      '@fontsource-variable/',
    ],
    node: false,
    advice:
      'The page gets everything through its channel: ask the engine by a call of shared/contract/protocol.ts, which reads db.',
  },
]

export const lineLimit = 500
export const lineQuestion = 300

/** Files that may be longer, each with its reason. */
export const longFiles: Readonly<Record<string, string>> = {}

export type Findings = { errors: string[]; warnings: string[] }

const extensions = /\.(tsx?|mjs|css)$/

/** Checks a source tree: imports, length, names. `root` is the folder that holds `electron`, `renderer`, ... */
export function checkArchitecture(root: string): Findings {
  const errors: string[] = []
  const warnings: string[] = []
  for (const file of sourceFiles(root)) {
    const text = readFileSync(join(root, file), 'utf8')
    const length = text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
    if (length > lineLimit && !(file in longFiles)) {
      errors.push(
        `${file} has ${length} lines, more than ${lineLimit}: take out the part that has a name of its own.`,
      )
    } else if (length > lineQuestion) {
      warnings.push(`${file} has ${length} lines, more than ${lineQuestion}: does it still do one thing?`)
    }
    errors.push(...nameErrors(file))
    if (/\.(tsx?|mjs)$/.test(file)) errors.push(...codeErrors(root, file, text))
  }
  return { errors, warnings }
}

function sourceFiles(root: string): string[] {
  return ['shared', 'db', 'electron', 'renderer', 'test'].flatMap((top) => {
    if (!existsSync(join(root, top))) return []
    return readdirSync(join(root, top), { recursive: true })
      .map((name) => join(top, String(name)).split(sep).join('/'))
      .filter((file) => extensions.test(file))
      .sort()
  })
}

function nameErrors(file: string): string[] {
  const name = file.split('/').pop() ?? ''
  if (/^(utils?|helpers?|common|misc)\.tsx?$/.test(name)) {
    return [
      `${file}: name a file after the thing it exports; "${name}" collects things that belong elsewhere.`,
    ]
  }
  if (/^index\.tsx?$/.test(name)) return [`${file}: no barrels; import from the file that has the thing.`]
  return []
}

function codeErrors(root: string, file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true)
  const rule = ruleOf(file)
  const errors: string[] = []
  const check = (specifier: ts.Expression | undefined) => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return
    const problem = importProblem(root, file, specifier.text, rule)
    if (problem) errors.push(problem)
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) check(node.moduleSpecifier)
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
      check(node.moduleSpecifier)
      if (!node.exportClause)
        errors.push(`${file}: "export *" makes a barrel; import from the file that has the thing.`)
    } else if (ts.isCallExpression(node)) {
      const { expression } = node
      if (expression.kind === ts.SyntaxKind.ImportKeyword || expression.getText(source) === 'require')
        check(node.arguments[0])
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      check(node.argument.literal as ts.Expression)
    else if (isDefaultExport(node) && !file.endsWith('.d.ts')) {
      errors.push(`${file}: export by name, so that the file is named after what it exports.`)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return errors
}

function isDefaultExport(node: ts.Node): boolean {
  if (ts.isExportAssignment(node)) return true
  return (
    ts.canHaveModifiers(node) &&
    (ts.getModifiers(node) ?? []).some((m) => m.kind === ts.SyntaxKind.DefaultKeyword)
  )
}

function importProblem(root: string, file: string, specifier: string, rule: Rule | null): string | null {
  const bare = specifier.replace(/\?.*$/, '')
  if (bare.startsWith('.')) {
    const target = relative(root, normalize(join(root, dirname(file), bare)))
      .split(sep)
      .join('/')
    if (target.startsWith('test/') && !file.startsWith('test/'))
      return `${file} imports ${target}: nothing imports tests.`
    if (!rule || rule.parts.some((part) => target === part || target.startsWith(`${part}/`))) return null
    return `${file} imports ${target}: ${rule.folder} may import ${rule.parts.join(', ')}. ${rule.advice}`
  }
  if (!rule) return null
  if (bare.startsWith('node:'))
    return rule.node ? null : `${file} imports ${bare}: ${rule.folder} runs without Node. ${rule.advice}`
  const allowed = rule.packages.some(
    (name) => bare === name || bare.startsWith(name.endsWith('/') ? name : `${name}/`),
  )
  if (allowed) return null
  return `${file} imports ${bare}: of packages ${rule.folder} may import ${rule.packages.join(', ')}. ${rule.advice}`
}

function ruleOf(file: string): Rule | null {
  const fitting = rules.filter((rule) => file.startsWith(`${rule.folder}/`))
  return fitting.sort((a, b) => b.folder.length - a.folder.length)[0] ?? null
}
