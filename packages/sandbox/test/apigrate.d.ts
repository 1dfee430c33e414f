// Somebody else's client, written against the real server. It has no types of its own; these are what the test uses.
declare module '@apigrate/autotask-restapi' {
  export interface ForeignPage {
    items: Record<string, unknown>[]
    pageDetails: { count: number; nextPageUrl: string | null }
  }

  export interface ForeignEntity {
    get(id: number): Promise<{ item: Record<string, unknown> | null } | null>
    query(body: unknown): Promise<ForeignPage>
    count(body: unknown): Promise<{ queryCount: number }>
    create(...given: unknown[]): Promise<{ itemId: number | null }>
    update(...given: unknown[]): Promise<{ itemId: number }>
    fieldInfo(): Promise<{ fields: unknown[] }>
  }

  export class AutotaskRestApi {
    constructor(user: string, secret: string, code: string, options: { base_url: string })
    [entity: string]: ForeignEntity | undefined
  }
}
