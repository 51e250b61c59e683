/**
 * How a screen of the device is named: "primary"; "2", the second from the left; "3840x2160", by its size; "+1920+0", by its
 * place; "id:7", "name:Samsung" as the system calls it.
 */
export const outputPattern =
  /^(?:primary|[1-9]|(?<width>\d{3,5})x(?<height>\d{3,5})|\+(?<x>\d{1,5})\+(?<y>\d{1,5})|id:(?<id>\d{1,20})|name:(?<name>.{1,60}))$/

export const outputAdvice = 'write "primary", "2", "3840x2160", "+1920+0", "id:7" or "name:Samsung"'
