import { useApolloClient } from '@vue/apollo-composable'
import { useRouter } from 'vue-router'
import { useForgetKept } from '../../composables/useKept.ts'
import { SignOutDocument } from '../../gql/graphql.ts'

/** Ends the session and leaves nothing of it on the screen or in memory. */
export function useSignOut(): () => Promise<void> {
  const { client } = useApolloClient()
  const router = useRouter()
  const forget = useForgetKept()
  return async () => {
    await client.mutate({ mutation: SignOutDocument })
    forget()
    await router.push({ name: 'sign-in' })
    await client.clearStore()
  }
}
