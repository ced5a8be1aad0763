import { handleScimRequest } from '@/lib/provisioning/scim/handler'

export {
  handleScimRequest as DELETE,
  handleScimRequest as GET,
  handleScimRequest as PATCH,
  handleScimRequest as POST,
  handleScimRequest as PUT,
}
