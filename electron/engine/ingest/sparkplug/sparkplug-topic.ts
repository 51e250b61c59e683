export const namespace = 'spBv1.0'

export const edgeVerbs = ['NBIRTH', 'NDATA', 'NDEATH', 'DBIRTH', 'DDATA', 'DDEATH'] as const
export type EdgeVerb = (typeof edgeVerbs)[number]

/** Topic of an edge node's message. `device` is null for the node's own. */
export type EdgeTopic = { node: string; verb: EdgeVerb; device: string | null }

const verbs: ReadonlySet<string> = new Set(edgeVerbs)

/**
 * Reads `spBv1.0/<group>/<verb>/<node>[/<device>]`; `node` is then "group/node". Null: no message of an edge node (a command,
 * a STATE). Throws an Error where a verb and its device do not go together.
 */
export function edgeTopic(topic: string): EdgeTopic | null {
  const [space, group = '', verb = '', node = '', device, ...rest] = topic.split('/')
  if (space !== namespace || group === 'STATE' || !verbs.has(verb)) return null
  const isDevice = verb.startsWith('D')
  if (
    group === '' ||
    node === '' ||
    rest.length > 0 ||
    isDevice !== (device !== undefined && device !== '')
  ) {
    throw new Error(
      `topic: must be ${namespace}/<group>/${verb}/<node>${isDevice ? '/<device>' : ''}, found "${topic}"`,
    )
  }
  return { node: `${group}/${node}`, verb: verb as EdgeVerb, device: isDevice ? (device ?? null) : null }
}

/** Where a command for a node ("group/node") goes. */
export function nodeCommandTopic(node: string): string {
  const [group, name] = node.split('/')
  return `${namespace}/${group}/NCMD/${name}`
}
