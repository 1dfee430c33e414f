// The script's client has no types of its own; these are the parts that the script uses.
declare module '@apigrate/autotask-restapi' {
  export interface Entity {
    query(body: unknown): Promise<{ items: Record<string, unknown>[] }>
    create(parentId: number, values: object): Promise<unknown>
  }

  export class AutotaskRestApi {
    constructor(user: string, secret: string, code: string, options: { base_url: string })
    [entity: string]: Entity | undefined
  }
}
