import type { RequestListener } from 'node:http'
import { listen, type Listener } from '../../listener.ts'

/** A zone: one address under which databases live. */
export interface Zone {
  number: number
  origin: string
}

/** The zones of the imitation. The database lives in one of them at a time. */
export interface Zones {
  current(): Zone
  /** Moves the database to a new zone with an address of its own; the old one stays and answers 401. */
  move(): Promise<Zone>
  close(): Promise<void>
}

/** Starts with one zone that already listens; `handle` serves the zones that are opened later. */
export function createZones(home: Zone, handle: (zone: number) => RequestListener): Zones {
  let current = home
  const opened: Listener[] = []
  return {
    current: () => current,
    move: async () => {
      const number = current.number + 1
      const listener = await listen(0, handle(number))
      opened.push(listener)
      current = { number, origin: listener.origin }
      return current
    },
    close: async () => {
      await Promise.all(opened.map((listener) => listener.close()))
    },
  }
}
