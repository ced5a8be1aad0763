'use client'

// The same page inside the frame, so that the navigation stays when one page fails.
export { default } from '../error'
