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

/** Lineside as a Sparkplug B host application; it is one as soon as `topics:` names a Sparkplug metric. */
const sparkplugSchema = z.strictObject({
  /** Name of this host, unique in the plant; by default the client id. */
  hostId: z
    .string()
    .max(60)
    .regex(/^[^/+#\p{Cc}]+$/u, 'a name without "/", "+" and "#"')
    .optional(),
  /** Groups that are read; by default all. */
  groups: z
    .array(
      z
        .string()
        .max(200)
        .regex(/^[^/+#\p{Cc}]+$/u, 'a group without "/", "+" and "#"'),
    )
    .min(1)
    .max(100)
    .optional(),
  /**
   * Tells edge nodes whether this host is online: `v3` by spBv1.0/STATE/<host> with JSON, `legacy` by STATE/<host> with
   * ONLINE and OFFLINE, as before version 3 of the specification; `none`: a reader that nodes do not know of.
   */
  state: z.enum(['v3', 'legacy', 'none']).default('v3'),
  /** Asks nodes for their births where they are missing. */
  rebirth: z.boolean().default(true),
  /** Least seconds between two such requests to one node. */
  rebirthIntervalS: z.number().min(1).max(3_600).default(10),
  /** Seconds that a message is waited for whose number was passed over; 0: not at all. */
  reorderTimeoutS: z.number().min(0).max(60).default(2),
})

export const brokerSchema = z
  .strictObject({
    url: z.string().refine(isBrokerUrl, 'an address such as "mqtt://broker.plant.local:1883"'),
    clientId: named(60).optional(),
    username: z.string().optional(),
    /** Name of the environment variable, or path of the file, that holds the password: never the password itself. */
    passwordEnv: z.string().optional(),
    passwordFile: z.string().optional(),
    caFile: z.string().optional(),
    certFile: z.string().optional(),
    keyFile: z.string().optional(),
    /** Name of the broker in its certificate (and for SNI), where it is not the host of the address. */
    serverName: z.string().min(1).max(253).optional(),
    /** ALPN protocols offered (mqtts only), such as "x-amzn-mqtt-ca" or "mqtt". */
    alpn: z.array(z.string().min(1).max(255)).min(1).max(8).optional(),
    /** Seconds between two signs of life; a dead connection is noticed within 1.5 times that. */
    keepaliveS: z.int().min(5).max(1_200).default(20),
    /** Seconds that the broker keeps messages for a board that is away (MQTT 5). */
    sessionExpiryS: z.int().min(60).max(0xffff_fffe).default(604_800),
    /** Publishes <prefix>/board/<clientId>/status, retained, with a last will. */
    status: z.boolean().default(true),
    sparkplug: sparkplugSchema.prefault({}),
    prefix: z
      .string()
      .max(200)
      .regex(
        /^[^/+#$\p{Cc}][^/+#\p{Cc}]*(\/[^/+#\p{Cc}]+)*$/u,
        'the first levels of a topic such as "lineside/v1", without "+" and "#"',
      )
      .default('lineside/v1'),
  })
  .refine(({ url, alpn }) => alpn === undefined || url.startsWith('mqtts:'), {
    path: ['alpn'],
    message: 'no alpn: it is offered with mqtts:// only, since wss:// has its own and others have no TLS',
  })

export type BrokerSettings = z.infer<typeof brokerSchema>
export type SparkplugSettings = BrokerSettings['sparkplug']
