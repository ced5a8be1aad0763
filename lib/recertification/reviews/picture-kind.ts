import type { AccessPicture, ReviewPicture } from '../picture'

/** Whether a picture is of access; the other kind is of ownership. */
export const isAccess = (picture: ReviewPicture): picture is AccessPicture => 'agent' in picture.facts
