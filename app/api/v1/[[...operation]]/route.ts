import { handleApiRequest } from '@/lib/http/handler'

export {
  handleApiRequest as DELETE,
  handleApiRequest as GET,
  handleApiRequest as PATCH,
  handleApiRequest as POST,
  handleApiRequest as PUT,
}
