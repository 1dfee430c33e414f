// The part of the server that keeps readings, for programs that measure it without a server around it.
export { createOrm, migrate } from './database/orm.ts'
export { IntegrationEntity } from './modules/integration/integration.entity.ts'
export { storeTenants } from './modules/tenant/store-tenants.ts'
export { storeSnapshot } from './modules/usage/store-snapshot.ts'
