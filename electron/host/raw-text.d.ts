/** A file's text, taken into the bundle. */
declare module '*.yaml?raw' {
  const text: string
  export default text
}
