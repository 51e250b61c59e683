import { stringify } from 'yaml'

/** A plain value as YAML that people can read and edit. */
export function yamlText(value: unknown): string {
  return stringify(value, { lineWidth: 110 })
}
