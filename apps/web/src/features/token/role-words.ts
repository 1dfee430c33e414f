import type { Role } from '../../gql/graphql.ts'

/** What each role may do. */
export const roleWords: Readonly<Record<Role, { readonly label: string; readonly text: string }>> =
  {
    READER: {
      label: 'Reader',
      text: 'Reads everything, changes nothing. For reports and dashboards.',
    },
    AUTOMATION: {
      label: 'Automation',
      text: 'Maps, previews, runs and decides. For scripts and workflows.',
    },
    ADMINISTRATOR: {
      label: 'Administrator',
      text: 'Everything, also connections, secrets and tokens.',
    },
  }
