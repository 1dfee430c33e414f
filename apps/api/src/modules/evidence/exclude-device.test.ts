import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/kit/databases.ts'
import { mapCustomers, type MappedCustomer } from '../../../test/kit/map-customers.ts'
import { startPractice, type Practice } from '../../../test/kit/start-practice.ts'
import { DeviceExclusionEntity } from './device-exclusion.entity.ts'

interface Use {
  deviceId: string
  name: string
  application: { id: string; name: string }
  exclusion: { reason: string; excludedBy: string } | null
}

interface Line {
  tenant: { id: string }
  change: number
  explanation: string[]
  hold: { code: string } | null
}

const EXCLUDE =
  'mutation ($input: ExcludeDeviceInput!) { excludeDevice(input: $input) { exclusion { reason } problems { code subject { id } } } }'
const INCLUDE =
  'mutation ($app: ID!, $device: String!) { includeDevice(applicationId: $app, deviceId: $device) { ok problems { code } } }'

describe.each(databaseKinds)('a device that is not to be billed, on %s', (kind) => {
  let practice: Practice
  let customer: MappedCustomer
  let device: Use
  beforeAll(async () => {
    practice = await startPractice(kind, { switches: { serviceTimeMs: 0 } })
    const [first] = await mapCustomers(practice)
    if (first === undefined) throw new Error('nobody is mapped')
    customer = first
    await practice.trueup.ask(
      'mutation ($id: ID!) { runNow(integrationId: $id, wait: true) { run { id } } }',
      {
        id: practice.integrationId,
      },
    )
    const [use] = await readUses()
    if (use === undefined) throw new Error('nobody uses anything')
    device = use
  })
  afterAll(() => practice.close())

  const readUses = async (): Promise<Use[]> => {
    const { data } = await practice.trueup.ask<{ usageEvidence: { devices: { nodes: Use[] } } }>(
      `query ($id: ID!) { usageEvidence(tenantId: $id) { devices(first: 500) { nodes {
        deviceId name application { id name } exclusion { reason excludedBy } } } } }`,
      { id: customer.tenantId },
    )
    return data.usageEvidence.devices.nodes
  }
  const preview = async (): Promise<Line[]> => {
    const { data } = await practice.trueup.ask<{
      preview: { run: { adjustments: { nodes: Line[] } } }
    }>(
      `mutation ($id: ID!) { preview(integrationId: $id, wait: true) { run { adjustments(first: 500) { nodes {
        tenant { id } change explanation hold { code } } } } } }`,
      { id: practice.integrationId },
    )
    // Some contracts carry units by hand, which wait for a person.
    return data.preview.run.adjustments.nodes.filter(({ hold }) => hold === null)
  }
  const exclude = async (input: object) => {
    const { data } = await practice.trueup.ask<{
      excludeDevice: {
        exclusion: object | null
        problems: { code: string; subject: { id: string } }[]
      }
    }>(EXCLUDE, { input })
    return data.excludeDevice
  }

  const listExclusions = async (applicationId: string): Promise<object[]> => {
    const { data } = await practice.trueup.ask<{
      applications: { id: string; exclusions: object[] }[]
    }>(
      'query ($id: ID!) { applications(integrationId: $id) { id exclusions { deviceId deviceName reason excludedBy } } }',
      { id: practice.integrationId },
    )
    return data.applications.find(({ id }) => id === applicationId)?.exclusions ?? []
  }

  test('without a reason, or for a device that nobody saw, nothing is excluded', async () => {
    const { deviceId, application } = device
    expect(await exclude({ applicationId: application.id, deviceId, reason: '  ' })).toMatchObject({
      exclusion: null,
      problems: [{ code: 'VALUE_MISSING', subject: { id: 'reason' } }],
    })
    expect(
      await exclude({ applicationId: application.id, deviceId: 'nobody', reason: 'why' }),
    ).toMatchObject({
      exclusion: null,
      problems: [{ code: 'DEVICE_NOT_FOUND' }],
    })
    expect(await preview()).toEqual([])
  })

  test('the next plan bills one unit less for that application, and says why', async () => {
    const input = {
      applicationId: device.application.id,
      deviceId: device.deviceId,
      reason: 'Test machine',
    }
    expect(await exclude(input)).toEqual({ exclusion: { reason: 'Test machine' }, problems: [] })
    const [line, ...others] = await preview()
    expect(others).toEqual([])
    expect(line).toMatchObject({ tenant: { id: customer.tenantId }, change: -1 })
    expect(line?.explanation[0]).toContain('1 excluded')
    const uses = await readUses()
    expect(uses.filter(({ exclusion }) => exclusion !== null)).toEqual([
      { ...device, exclusion: { reason: 'Test machine', excludedBy: 'token TRUEUP_ADMIN_TOKEN' } },
    ])
  })

  test('a second reason replaces the first, and both are in the activity log', async () => {
    await exclude({
      applicationId: device.application.id,
      deviceId: device.deviceId,
      reason: 'Spare',
    })
    const { data } = await practice.trueup.ask<{
      activities: { nodes: { subject: { id: string }; before: string; after: string }[] }
    }>(
      'query ($id: ID!) { activities(integrationId: $id, filter: { action: ["DEVICE_EXCLUDED"] }) { nodes { subject { id } before after } } }',
      { id: practice.integrationId },
    )
    expect(
      data.activities.nodes.map(({ subject, before, after }) => [subject.id, before, after]),
    ).toEqual([
      [
        customer.tenantId,
        JSON.stringify({ device: device.name, reason: 'Test machine' }),
        JSON.stringify({ device: device.name, reason: 'Spare' }),
      ],
      [customer.tenantId, null, JSON.stringify({ device: device.name, reason: 'Test machine' })],
    ])
  })

  test("people who leave the same device out at once do not get in each other's way", async () => {
    const uses = await readUses()
    const other = uses.find(({ deviceId }) => deviceId !== device.deviceId)
    if (other === undefined) throw new Error('one device only')
    const { deviceId, application } = other
    const reasons = ['Kiosk', 'Loan', 'Lab', 'Stock']
    const outcomes = await Promise.all(
      reasons.map((reason) => exclude({ applicationId: application.id, deviceId, reason })),
    )
    expect(outcomes).toEqual(reasons.map((reason) => ({ exclusion: { reason }, problems: [] })))
    await practice.trueup.ask(INCLUDE, { app: application.id, device: deviceId })
  })

  test('its application lists it, with who left it out and why', async () => {
    const { deviceId, name, application } = device
    expect(await listExclusions(application.id)).toEqual([
      {
        deviceId,
        deviceName: name,
        reason: 'Spare',
        excludedBy: 'token TRUEUP_ADMIN_TOKEN',
      },
    ])
  })

  test('a device that no reading shows can be billed again, too', async () => {
    const em = practice.trueup.app.services.orm.em.fork()
    const application = device.application.id
    em.create(DeviceExclusionEntity, {
      application,
      deviceId: 'long-gone',
      deviceName: 'LONG-GONE',
      reason: 'Was scrapped',
      excludedAt: new Date(0),
      excludedBy: 'somebody',
    })
    await em.flush()
    expect(await listExclusions(application)).toHaveLength(2)
    const variables = { app: application, device: 'long-gone' }
    const done = await practice.trueup.ask<{ includeDevice: { ok: boolean } }>(INCLUDE, variables)
    expect(done.data.includeDevice.ok).toBe(true)
    expect(await listExclusions(application)).toHaveLength(1)
  })

  test('a day on which it was left out is computed again as it was, whatever was decided since', async () => {
    const variables = { app: device.application.id, device: device.deviceId }
    const { data } = await practice.trueup.ask<{ runNow: { run: { id: string } } }>(
      'mutation ($id: ID!) { runNow(integrationId: $id, wait: true) { run { id } } }',
      { id: practice.integrationId },
    )
    await practice.trueup.ask(INCLUDE, variables)
    const replayed = await practice.trueup.ask<{ replay: object }>(
      'query ($id: ID!) { replay(runId: $id) { unavailable adjustments differences { because } } }',
      { id: data.runNow.run.id },
    )
    expect(replayed.data.replay).toEqual({ unavailable: null, adjustments: 1, differences: [] })
    await exclude({ applicationId: variables.app, deviceId: variables.device, reason: 'Spare' })
  })

  test('included again it is billed as before', async () => {
    const variables = { app: device.application.id, device: device.deviceId }
    const done = await practice.trueup.ask<{ includeDevice: { ok: boolean } }>(INCLUDE, variables)
    expect(done.data.includeDevice.ok).toBe(true)
    expect(await preview()).toMatchObject([{ tenant: { id: customer.tenantId }, change: 1 }])
    const again = await practice.trueup.ask<{ includeDevice: object }>(INCLUDE, variables)
    expect(again.data.includeDevice).toEqual({
      ok: false,
      problems: [{ code: 'DEVICE_NOT_FOUND' }],
    })
  })
})
