import { findWorkspace, type Workspace, type WorkspaceState } from './workspace-state.ts'

/** What can happen to a company of the cloud console. */
export type WorkspaceChange = { rename: string; name: string } | { delete: string }

/** Renames or deletes a company, found by id or name. Throws a WrongInput when there is none. */
export function changeWorkspace(state: WorkspaceState, change: WorkspaceChange): Workspace {
  const wanted = 'rename' in change ? change.rename : change.delete
  const workspace = findWorkspace(state, wanted)
  if ('delete' in change) {
    state.workspaces = state.workspaces.filter((one) => one !== workspace)
    return workspace
  }
  const renamed = { ...workspace, company: change.name }
  state.workspaces = state.workspaces.map((one) => (one === workspace ? renamed : one))
  return renamed
}
