/** Longer numbers than this are set narrow. Characters. */
const wideEnd = 4

/** A number at its height beside a chart. `top`: as CSS has it. */
export function ScaleEnd({ className, top, text }: { className: string; top: string; text: string }) {
  return (
    <span
      className={text.length > wideEnd ? `${className} narrow` : className}
      style={{ top }}
      data-tier="line"
    >
      {text}
    </span>
  )
}
