/** A unit as it stands behind a number: "4.1 /h", since "4.1 1/h" reads as another number. */
export function shownUnit(unit: string): string {
  return unit.startsWith('1/') ? unit.slice(1) : unit
}
