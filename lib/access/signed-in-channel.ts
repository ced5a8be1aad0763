/** By which windows of this site tell each other that somebody has signed in (BroadcastChannel). */
export const signedInChannel = 'pentarch-signed-in'
