/** A file that was written, to be taken to where it goes. */
export interface MadeFile {
  path: string
  name: string
  mediaType: string
  bytes: number
  /** SHA-256, in hexadecimal. */
  sha256: string
}
