/** "Maximilian O." for "Maximilian Oberhuber": how a crew tells people of one first name apart. */
export function shorterPerson(name: string): string {
  const [first = '', ...others] = name.trim().split(/\s+/)
  return [first, ...others.map((word) => `${[...word][0]!}.`)].join(' ')
}
