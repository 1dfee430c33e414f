/**
 * Ids are the vendor's own ids as text, branded so that one kind cannot stand where another is meant.
 * Adapters turn them into the vendor's form; core only compares them.
 */
export type TenantId = string & { readonly __brand: 'TenantId' }
/** The customer in the PSA (Autotask: Company). */
export type AccountId = string & { readonly __brand: 'AccountId' }
/** A contract in the PSA. */
export type ContractId = string & { readonly __brand: 'ContractId' }
/** An item of the PSA's catalogue. */
export type ServiceId = string & { readonly __brand: 'ServiceId' }
/** A ContractService: one service on one contract. */
export type LineId = string & { readonly __brand: 'LineId' }
/** A device as the usage source names it. */
export type DeviceId = string & { readonly __brand: 'DeviceId' }
/** A licensed application, by the name the usage source reports for it. */
export type ApplicationName = string & { readonly __brand: 'ApplicationName' }
