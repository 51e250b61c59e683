import { signalKinds } from '../../../shared/domain/line-model.ts'

/** The subscription that both sides use. */
export const filters = signalKinds.map((kind) => `lineside/v1/+/${kind}`)
/** Seconds. */
export const sessionExpiryInterval = 3_600
