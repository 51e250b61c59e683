import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { SimpleKeyboard } from 'simple-keyboard/build/index.modern.js'
import { useBoard } from '../../board-view.tsx'
import { joinAccents, loadLayout, numberLayout } from './layouts.ts'
import type { TypedField } from './typed-field.ts'
import { typedField, typeInto, wantsNumber } from './typed-field.ts'

/** Space between the field and the keys. rem. */
const clearRem = 2

/**
 * The on-screen keyboard of the touch pages: comes when a text field is touched, with the keys of the page's language, or a number
 * pad where a number is wanted; lifts the page so far that the field stays in sight. A keyboard on a cable types as ever.
 */
export function Keyboard() {
  const field = useTouchedField()
  return field && <Keys key={wantsNumber(field) ? 'numbers' : 'letters'} field={field} />
}

/** The field that was touched last, while it has the focus. A mouse or a tab key has a keyboard beside it. */
function useTouchedField(): TypedField | null {
  const [field, setField] = useState<TypedField | null>(null)
  useEffect(() => {
    let touched = false
    const pointed = ({ pointerType }: PointerEvent) => (touched = pointerType !== 'mouse')
    const focused = ({ target }: FocusEvent) => setField(touched ? typedField(target) : null)
    const left = () => setField(null)
    window.addEventListener('pointerdown', pointed, true)
    window.addEventListener('focusin', focused)
    window.addEventListener('focusout', left)
    return () => {
      window.removeEventListener('pointerdown', pointed, true)
      window.removeEventListener('focusin', focused)
      window.removeEventListener('focusout', left)
    }
  }, [])
  return field
}

function Keys({ field }: { field: TypedField }) {
  const { language, t } = useBoard()
  const box = useRef<HTMLDivElement>(null)
  const keys = useRef<HTMLDivElement>(null)
  const board = useRef<SimpleKeyboard | null>(null)
  const numbers = wantsNumber(field)

  useEffect(() => {
    const keyboard = new SimpleKeyboard(keys.current ?? '', {
      ...numberLayout,
      theme: 'keys',
      useButtonTag: true,
      preventMouseDownDefault: true,
      disableButtonHold: true,
      display: {
        '{space}': ' ',
        '{bksp}': '\u232b',
        '{enter}': '\u23ce',
        '{shift}': '\u21e7',
        '{close}': '\u2713',
      },
      buttonAttributes: [
        { attribute: 'aria-label', value: t('hands.keys.space'), buttons: '{space}' },
        { attribute: 'aria-label', value: t('hands.keys.erase'), buttons: '{bksp}' },
        { attribute: 'aria-label', value: t('hands.keys.shift'), buttons: '{shift}' },
        { attribute: 'aria-label', value: t('hands.keys.close'), buttons: '{close} {enter}' },
      ],
    })
    board.current = keyboard
    if (!numbers) void loadLayout(language).then((layout) => keyboard.setOptions({ ...layout }))
    return () => {
      board.current = null
      keyboard.destroy()
    }
  }, [language, numbers, t])

  useEffect(() => {
    const keyboard = board.current
    if (!keyboard) return
    const shifted = () => keyboard.options.layoutName === 'shift'
    keyboard.setOptions({
      ...(field.maxLength >= 0 && { maxLength: field.maxLength }),
      beforeInputUpdate: () => {
        keyboard.setInput(field.value)
        keyboard.setCaretPosition(field.selectionStart, field.selectionEnd)
      },
      onChange: (input: string) => {
        const value = joinAccents(input)
        const caret = keyboard.getCaretPosition() ?? input.length
        typeInto(field, value, caret - (input.length - value.length))
      },
      onKeyPress: (key: string) => {
        if (key === '{shift}') keyboard.setOptions({ layoutName: shifted() ? 'default' : 'shift' })
        else if (shifted()) keyboard.setOptions({ layoutName: 'default' })
      },
    })
  }, [field])

  useLayoutEffect(() => {
    const page = document.querySelector<HTMLElement>('.touch')
    const top = box.current?.getBoundingClientRect().top
    if (!page || top === undefined) return
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize)
    const over = field.getBoundingClientRect().bottom + clearRem * rem - top
    page.style.translate = over > 0 ? `0 ${-over}px` : ''
    return () => {
      page.style.translate = ''
    }
  }, [field])

  return (
    <div
      ref={box}
      className={numbers ? 'keyboard numbers' : 'keyboard'}
      dir="ltr"
      data-testid="keyboard"
      data-value={numbers ? 'numbers' : language}
      onPointerDown={(event) => event.preventDefault()}
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) => {
        // The last event of a tap: were the keys gone before it, it would go to what lies beneath them.
        const key = (event.target as Element).closest('[data-skbtn]')?.getAttribute('data-skbtn')
        if (key === '{close}' || key === '{enter}') field.blur()
      }}
    >
      <div ref={keys} className="simple-keyboard" />
    </div>
  )
}
