/** Texts that are kept; all are forgotten when there are more. */
const maxTexts = 500

/** A function of a key that answers a key it knows from memory: a board asks for the same texts with every push. */
export function remembered(): (key: string, make: () => string) => string {
  const texts = new Map<string, string>()
  return (key, make) => {
    const known = texts.get(key)
    if (known !== undefined) return known
    const text = make()
    if (texts.size >= maxTexts) texts.clear()
    texts.set(key, text)
    return text
  }
}
