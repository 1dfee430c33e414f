import { usageTruth } from '@trueup/sandbox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/kit/databases.ts'
import { startPractice, type Practice } from '../../../test/kit/start-practice.ts'

describe.each(databaseKinds)('which doubtful keys count, on %s', (kind) => {
  let practice: Practice
  beforeAll(async () => {
    practice = await startPractice(kind, { switches: { serviceTimeMs: 0 } })
    // One key that counts becomes an OEM key, another one a subscription that is cancelled softly.
    const { security } = practice.sandbox.world
    const used = new Set(
      security.keyUses.filter(({ current }) => current).map(({ serial }) => serial),
    )
    const oem = security.keys.find(({ keyType, serial }) => keyType === 1 && used.has(serial))
    const cancelled = security.keys.find(
      ({ subscription, serial }) => subscription?.state === 0 && used.has(serial),
    )
    if (oem === undefined || cancelled === undefined) throw new Error('the world has no such keys')
    security.keys = security.keys.map((key) => {
      if (key === oem) return { ...key, keyType: 5 as const }
      if (key !== cancelled || key.subscription === null) return key
      return { ...key, subscription: { ...key.subscription, state: 2 as const } }
    })
    security.revision += 1
  })
  afterAll(() => practice.close())

  const countNow = async (): Promise<number> => {
    const { trueup, integrationId: id } = practice
    await trueup.ask(
      'mutation ($id: ID!) { readDirectory(integrationId: $id) { problems { code } } }',
      { id },
    )
    const { data } = await trueup.ask<{
      usageSnapshots: { nodes: { counts: { counts: { quantity: number }[] }[] }[] }
    }>(
      'query ($id: ID!) { usageSnapshots(integrationId: $id, first: 1) { nodes { counts { counts { quantity } } } } }',
      { id },
    )
    return (data.usageSnapshots.nodes[0]?.counts ?? [])
      .flatMap(({ counts }) => counts)
      .reduce((sum, { quantity }) => sum + quantity, 0)
  }
  const choose = async (options: {
    countOem?: boolean
    countSoftCancelled?: boolean
  }): Promise<void> => {
    const { trueup, integrationId: id } = practice
    const { data } = await trueup.ask<{ integration: { version: number } }>(
      'query ($id: ID!) { integration(id: $id) { version } }',
      { id },
    )
    const saved = await trueup.ask<{
      updateIntegration: { integration: object; problems: object[] }
    }>(
      `mutation ($id: ID!, $version: Int!, $input: UpdateIntegrationInput!) {
        updateIntegration(id: $id, version: $version, input: $input) { integration { countOem countSoftCancelled } problems { code } } }`,
      { id, version: data.integration.version, input: options },
    )
    expect(saved.data.updateIntegration.integration).toMatchObject(options)
  }
  const truth = (options: { countOem?: boolean; countSoftCancelled?: boolean }): number => {
    const { security, clock } = practice.sandbox.world
    return usageTruth(security, clock.now(), options).reduce((sum, { devices }) => sum + devices, 0)
  }

  test('neither OEM keys nor soft-cancelled subscriptions count unless somebody chooses so', async () => {
    expect(await countNow()).toBe(truth({}))
    await choose({ countOem: true })
    expect(truth({ countOem: true })).toBeGreaterThan(truth({}))
    expect(await countNow()).toBe(truth({ countOem: true }))
    await choose({ countOem: false, countSoftCancelled: true })
    expect(truth({ countSoftCancelled: true })).toBeGreaterThan(truth({}))
    expect(await countNow()).toBe(truth({ countSoftCancelled: true }))
  })
})
