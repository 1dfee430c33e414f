import type { Sandbox } from '../sandbox.ts'

/** One call of the control surface: understands its input (body, or query of a GET) and answers what becomes JSON. */
export type Control = (sandbox: Sandbox, input: unknown) => unknown

/** What a control answers when it is a file and not JSON. */
export class ControlFile {
  readonly bytes: Buffer
  readonly contentType: string
  readonly fileName: string

  constructor(bytes: Buffer, contentType: string, fileName: string) {
    this.bytes = bytes
    this.contentType = contentType
    this.fileName = fileName
  }
}
