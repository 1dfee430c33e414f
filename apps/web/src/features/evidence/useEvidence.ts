import { computed } from 'vue'
import { usePages } from '../../composables/usePages.ts'
import { useQueryText } from '../../composables/useQueryText.ts'
import {
  type DeviceCategory,
  type DeviceUseFilter,
  UsageEvidenceDocument,
} from '../../gql/graphql.ts'
import { categoryNames, shownChanges } from './evidence-words.ts'

/** The devices of one tenant with everything that narrows them; all of it stands in the address. */
export function useEvidence(tenantId: () => string) {
  const search = useQueryText('search')
  const application = useQueryText('application', 'any')
  const category = useQueryText('category', 'any')
  const key = useQueryText('key', 'any')
  const show = useQueryText('show', 'use')
  const snapshot = useQueryText('snapshot')
  const day = useQueryText('day')

  const narrowed = computed((): DeviceUseFilter => {
    const categories = category.value.split(' ').filter(isCategory)
    return {
      ...(search.value === '' ? {} : { nameContains: search.value }),
      ...(application.value === 'any' ? {} : { application: application.value }),
      ...(categories.length === 0 ? {} : { categories: categories.map(toCategory) }),
      ...(key.value === 'any' ? {} : { key: key.value }),
    }
  })
  const changes = computed(() => shownChanges[show.value] ?? null)
  const pages = usePages(
    UsageEvidenceDocument,
    () => ({
      tenantId: tenantId(),
      snapshotId: snapshot.value === '' ? null : snapshot.value,
      day: day.value === '' ? null : day.value,
      first: 100,
      filter: { ...narrowed.value, ...(changes.value === null ? {} : { changes: changes.value }) },
      inUse: narrowed.value,
      joined: { ...narrowed.value, changes: ['JOINED'] as const },
      left: { ...narrowed.value, changes: ['LEFT'] as const },
    }),
    (data) => data.usageEvidence?.devices,
  )
  const file = computed(() => {
    const query = new URLSearchParams({ tenant: tenantId(), bom: '1' })
    if (snapshot.value !== '') query.set('snapshot', snapshot.value)
    if (day.value !== '') query.set('day', day.value)
    if (search.value !== '') query.set('name', search.value)
    if (application.value !== 'any') query.set('application', application.value)
    for (const one of category.value.split(' ').filter(isCategory)) query.append('category', one)
    if (key.value !== 'any') query.set('key', key.value)
    return `/export/evidence.csv?${query.toString()}`
  })
  const isNarrowed = computed(() => Object.keys(narrowed.value).length > 0 || show.value !== 'use')
  return { search, application, category, key, show, pages, file, isNarrowed }
}

function isCategory(text: string): text is keyof typeof categoryNames {
  return text in categoryNames
}

function toCategory(name: keyof typeof categoryNames): DeviceCategory | null {
  return name === 'UNKNOWN' ? null : name
}
