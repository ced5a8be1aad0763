import { Select, type SelectProps } from '@mantine/core'
import { type Role, roles, roleTitles } from '@/lib/access/model'

const options = roles.map((value) => ({ value, label: roleTitles[value] }))

/** What each role is for, below the choice. */
const meanings: Record<Role, string> = {
  admin: 'Settings, sign-in and roles, and everything a governance lead does',
  governance_lead: 'Everything in the registry, campaigns and exceptions',
  auditor: 'Reads everything at any date and exports it; changes nothing',
  engineer: 'Imports, agents, tools, bindings, contracts and attestations',
  member: 'Reads; answers for what the registry says is theirs',
}

/** Chooses what an account may do everywhere. */
export function RoleSelect({ role, ...props }: SelectProps & { role: Role }) {
  return (
    <Select
      label="Role"
      data={options}
      allowDeselect={false}
      description={meanings[role]}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      {...props}
    />
  )
}
