import type Database from 'better-sqlite3'

declare const access: unique symbol

/** A handle for queries. A function that takes a ReadDb cannot write through it: the connection is read-only. */
export type ReadDb = Database.Database & { readonly [access]: 'read' | 'write' }

/** The one writing connection of a data directory. Also serves as a ReadDb that sees its own open transaction. */
export type WriteDb = Database.Database & { readonly [access]: 'write' }
