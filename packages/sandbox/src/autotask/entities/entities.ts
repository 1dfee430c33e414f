import { billingItems } from './billing-items.ts'
import { serviceBundles, serviceBundleServices, services } from './catalogue.ts'
import { companies } from './companies.ts'
import { contracts } from './contracts.ts'
import {
  contractServiceAdjustments,
  contractServiceBundleAdjustments,
  contractServiceBundles,
  contractServiceBundleUnits,
  contractServices,
  contractServiceUnits,
} from './lines.ts'
import type { AnyEntity } from './entity.ts'

/** All imitated entities. */
export const ENTITIES: readonly AnyEntity[] = [
  billingItems,
  companies,
  contracts,
  contractServiceAdjustments,
  contractServiceBundleAdjustments,
  contractServiceBundles,
  contractServiceBundleUnits,
  contractServices,
  contractServiceUnits,
  serviceBundles,
  serviceBundleServices,
  services,
]

/** An entity below a parent: `/Contracts/{parentId}/Services`. */
export interface Child {
  parent: AnyEntity
  /** The last part of the route. */
  name: string
  entity: AnyEntity
  /** The field that holds the parent's id. */
  parentField: string
}

/** All imitated child routes. */
export const CHILDREN: readonly Child[] = [
  childOfContract('Services', contractServices),
  childOfContract('ServiceUnits', contractServiceUnits),
  childOfContract('ServiceAdjustments', contractServiceAdjustments),
  childOfContract('ServiceBundles', contractServiceBundles),
  childOfContract('ServiceBundleUnits', contractServiceBundleUnits),
  childOfContract('ServiceBundleAdjustments', contractServiceBundleAdjustments),
  {
    parent: serviceBundles,
    name: 'Services',
    entity: serviceBundleServices,
    parentField: 'serviceBundleID',
  },
]

function childOfContract(name: string, entity: AnyEntity): Child {
  return { parent: contracts, name, entity, parentField: 'contractID' }
}
