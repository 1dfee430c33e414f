/** The part of the sandbox's control surface that the practice needs. */
export interface WorldControl {
  /** Lets the practice world's person in Autotask approve and post everything up to a day. */
  postThrough(day: string): Promise<void>
  /** Sets how many devices of a customer use an application. */
  setUsage(change: UsageChange): Promise<void>
}

/** What `POST /usage` takes. */
export interface UsageChange {
  readonly virtualServer: string
  readonly application: string
  readonly category: string
  readonly devices: number
}

/** Speaks with the control surface below `url`; throws when it refuses. */
export function createWorldControl(url: string): WorldControl {
  const post = async (call: string, body: object) => {
    const response = await fetch(`${url.replace(/\/$/u, '')}/${call}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!response.ok) {
      throw new Error(
        `The sandbox refused ${call}: HTTP ${response.status} ${await response.text()}`,
      )
    }
    await response.body?.cancel()
  }
  return {
    postThrough: (through) => post('post', { through }),
    setUsage: (change) => post('usage', change),
  }
}
