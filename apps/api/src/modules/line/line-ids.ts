/** Our own ids of a line and of whose it is. */
export interface LineIds {
  readonly tenantId: string
  readonly accountId: string
  readonly contractId: string
  readonly serviceId: string
}

/** Our own ids of some lines of an integration. */
export interface LinesWish {
  readonly integrationId: string
  readonly lines: readonly Pick<LineIds, 'contractId' | 'serviceId'>[]
}
