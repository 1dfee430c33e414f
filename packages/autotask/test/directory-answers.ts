import { pageOf, sendJson, type Answering } from './vendor.ts'

/** A row of the catalogue. */
export const service = (id: number, changed: Record<string, unknown> = {}): unknown => ({
  id,
  name: `Service ${id}`,
  isActive: true,
  periodType: 2,
  unitPrice: 3.5,
  ...changed,
})
const company = { id: 0, companyName: 'Own company', isActive: true }

/** Answers the directory's three questions; `services` may do with its own whatever it likes. */
export function directory(services: Answering): Answering {
  return (received, response) => {
    if (received.path === 'Services/query') return services(received, response)
    if (received.path === 'Companies/query') return sendJson(response, 200, pageOf([company]))
    if (received.path === 'Contracts/query') return sendJson(response, 200, pageOf([contract]))
    return sendJson(response, 200, { info: { name: 'x', userAccessForQuery: 'All' } })
  }
}

/** A recurring contract of company 0. */
export const contract = {
  id: 9,
  companyID: 0,
  contractName: 'Contract',
  contractType: 7,
  status: 1,
  startDate: '2026-01-01T00:00:00Z',
  endDate: '2027-12-31T00:00:00Z',
  contractPeriodType: 2,
  renewedContractID: null,
}
