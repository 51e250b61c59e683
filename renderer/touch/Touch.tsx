export function Touch({ onDone }: { onDone: () => void }) {
  return <button onClick={onDone}>Back to the board</button>
}
