/** Why there is no connection to the broker. */
export type BrokerProblem = {
  kind:
    | 'login'
    | 'access'
    | 'unreadable'
    | 'clientId'
    | 'sameClientId'
    | 'noAnswer'
    | 'noName'
    | 'file'
    | 'otherName'
    | 'ownCertificate'
    | 'certificate'
    | 'ended'
    | 'other'
  /** What the system or the broker said of `file`, `otherName`, `certificate` and `other`, in English; topics of `unreadable`; else ''. */
  detail: string
}

/** What in the broker's grants costs messages or numbers. */
export type BrokerAdvice =
  { kind: 'version' | 'qos' | 'retain' | 'wildcards' } | { kind: 'expiry'; grantedS: number; askedS: number }
