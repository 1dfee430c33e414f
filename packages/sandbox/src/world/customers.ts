/** A customer of the provider, as the world itself knows it: both vendors spell it in their own way. */
export interface Customer {
  /** 1, 2, 3 … */
  id: number
  /** The full name with its legal form, as it would stand on an invoice. */
  name: string
  /** The name as a technician types it, without legal form: what a virtual server tends to be called. */
  shortName: string
  city: string
  /** ISO 3166 code. */
  country: string
  /** How large the customer is against the others, 1 to 100: devices are shared out by it. */
  weight: number
}
