import type { AgendaStep } from '../../../shared/domain/huddle/agenda.ts'
import type { Translate } from '../../i18n/words.ts'

/** A step as the plant calls it, else as the board does. */
export function stepName({ name, topic }: Pick<AgendaStep, 'name' | 'topic'>, t: Translate): string {
  return name ?? t(`huddle.topic.${topic}`)
}

/** The question to the crew. */
export function askWords({ ask, topic }: Pick<AgendaStep, 'ask' | 'topic'>, t: Translate): string {
  return ask ?? t(`huddle.ask.${topic}`)
}
