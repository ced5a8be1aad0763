import { decideReviews } from './decide'
import { getReview } from './get'
import { handOverReviews } from './hand-over'
import { createHandover, endHandover, listHandovers } from './handovers'
import { countReviews, listReviews } from './list'
import { undoReviews } from './undo'

/** What reviewers see and do. */
export const reviewUseCases = {
  'reviews.list': listReviews,
  'reviews.counts': countReviews,
  'reviews.get': getReview,
  'reviews.decide': decideReviews,
  'reviews.undo': undoReviews,
  'reviews.handOver': handOverReviews,
  'handovers.list': listHandovers,
  'handovers.create': createHandover,
  'handovers.end': endHandover,
}
