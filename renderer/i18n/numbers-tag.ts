/**
 * The tag by which numbers are written. Digits are the Latin ones that the type was chosen for, unless the tag itself asks
 * for others: "ar" writes 123, "ar-EG-u-nu-arab" the digits of the Mashriq.
 */
export function numbersTag(tag: string): string {
  return /-u-(.*-)?nu-/.test(tag) ? tag : `${tag}-u-nu-latn`
}
