/**
 * `npm run licences`: every package that goes into the product, with its licence, from npm's own bill of materials
 * (`npm run sbom`). Ends with 1 when one is under a licence that is not on the list.
 */
import { execFileSync } from 'node:child_process'

/** Licences that let a product be given on with its notices. */
const allowed = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Apache-2.0',
  'OFL-1.1',
  'Unlicense',
  'BlueOak-1.0.0',
  'MPL-2.0',
])

type Component = {
  name: string
  version: string
  licenses?: { license?: { id?: string; name?: string }; expression?: string }[]
}

/** What npm says about the installed packages of the product; development packages are left out. */
export function productPackages(): { name: string; version: string; licence: string }[] {
  const npm = process.env.npm_execpath
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev']
  const text = npm
    ? execFileSync(process.execPath, [npm, ...args], { encoding: 'utf8', maxBuffer: 1e8 })
    : execFileSync('npm', args, { encoding: 'utf8', maxBuffer: 1e8 })
  const { components } = JSON.parse(text) as { components: Component[] }
  return components
    .map(({ name, version, licenses = [] }) => {
      const said = licenses.map((one) => one.expression ?? one.license?.id ?? one.license?.name ?? '?')
      return { name, version, licence: said.join(' ') || '?' }
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** True for a licence, or for one of several to choose from, that is on the list. */
export function isAllowed(licence: string): boolean {
  return licence
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((one) => allowed.has(one.trim())))
}

if (import.meta.main) {
  const packages = productPackages()
  for (const { name, version, licence } of packages) console.log(`${licence.padEnd(14)} ${name} ${version}`)
  const refused = packages.filter(({ licence }) => !isAllowed(licence))
  console.log(`${packages.length} packages, ${refused.length} under a licence that is not on the list`)
  process.exitCode = refused.length > 0 ? 1 : 0
}
