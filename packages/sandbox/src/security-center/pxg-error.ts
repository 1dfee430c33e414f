const FAMILIES: Record<number, { module: string; message: string }> = {
  1125: { module: 'KLPRSS', message: 'Settings section was not found' },
  1184: { module: 'KLSTD', message: 'Access is denied' },
  1186: { module: 'KLSTD', message: 'Object was not found' },
  1192: { module: 'KLSTD', message: 'Bad data format' },
  1193: { module: 'KLSTD', message: 'Operation is not permitted' },
  1194: { module: 'KLCONN', message: 'Function is not implemented' },
  1195: { module: 'KLSTD', message: 'Object is temporarily unavailable' },
  1229: { module: 'KLSTD', message: 'Limit is violated' },
  1445: { module: 'KLWAT', message: 'Client does not exist' },
  1453: { module: 'KLWAT', message: 'Authentication failure' },
  1454: { module: 'KLWAT', message: 'Web token authentication failure' },
  2013: { module: 'SPL', message: 'The account is blocked because of wrong passwords' },
  2351: { module: 'KLOLA', message: 'Activation server error' },
}

/** A call-level error: answered with HTTP 200 and a `PxgError`. */
export class PxgError extends Error {
  readonly code: number
  readonly subcode: number
  readonly module: string

  constructor(code: number, detail?: string, subcode = 0) {
    const family = FAMILIES[code] ?? { module: 'KLSTD', message: 'Unknown error' }
    super(detail ? `${family.message}: ${detail}` : family.message)
    this.name = 'PxgError'
    this.code = code
    this.subcode = subcode
    this.module = family.module
  }

  /** The body of the answer. `file` and `line` are there because the real server has them; nobody should show them. */
  toBody(): Record<string, unknown> {
    return {
      PxgError: {
        code: this.code,
        subcode: this.subcode,
        module: this.module,
        file: 'c:\\build\\cs_adminkit\\development2\\server\\practice.cpp',
        line: 100 + (this.code % 900),
        message: this.message,
        locdata: {
          type: 'params',
          value: {
            'format-id': this.code,
            format: '%1',
            locmodule: this.module,
            args: [this.message],
          },
        },
      },
    }
  }
}

/** 1192: what was sent cannot be read. */
export function badFormat(detail: string): PxgError {
  return new PxgError(1192, detail)
}

/** 1186: there is no such thing. */
export function notFound(detail: string): PxgError {
  return new PxgError(1186, detail)
}
