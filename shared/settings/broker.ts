import { z } from 'zod'
import { named } from './fields.ts'

function isBrokerUrl(url: string): boolean {
  const parts =
    /^(?:mqtts?|wss?):\/\/(?:[^\s/?#]*@)?(?:[^\s/?#@:[\]]+|\[[0-9A-Fa-f:.]+\])(?::(\d{1,5}))?(?:[/?#]\S*)?$/.exec(
      url,
    )
  const port = Number(parts?.[1] ?? 1)
  return parts !== null && port >= 1 && port <= 65_535
}

export const brokerSchema = z.strictObject({
  url: z.string().refine(isBrokerUrl, 'an address such as "mqtt://broker.plant.local:1883"'),
  clientId: named(60).optional(),
  username: z.string().optional(),
  /** Name of the environment variable, or path of the file, that holds the password: never the password itself. */
  passwordEnv: z.string().optional(),
  passwordFile: z.string().optional(),
  caFile: z.string().optional(),
  certFile: z.string().optional(),
  keyFile: z.string().optional(),
  prefix: z
    .string()
    .max(200)
    .regex(
      /^[^/+#$\p{Cc}][^/+#\p{Cc}]*(\/[^/+#\p{Cc}]+)*$/u,
      'the first levels of a topic such as "lineside/v1", without "+" and "#"',
    )
    .default('lineside/v1'),
})
