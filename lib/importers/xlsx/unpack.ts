import { Unzip, UnzipInflate } from 'fflate'
import { importLimits } from '../model'

/** Compressed bytes looked at in one go: no more than a thousand times as many come out of them. */
const sliceBytes = 16 * 1024
const partsMax = 2_000

/**
 * Why a workbook must not be opened, or null. It is unpacked once, a little at a time and into nothing, for what a zip
 * says about its own size is whatever its maker wrote there.
 */
export function refusalOfZip(bytes: Uint8Array): string | null {
  let unpacked = 0
  let parts = 0
  const unzip = new Unzip((part) => {
    parts += 1
    part.ondata = (error, chunk) => {
      if (error) throw error
      unpacked += chunk.byteLength
    }
    part.start()
  })
  unzip.register(UnzipInflate)
  try {
    for (let start = 0; start < bytes.byteLength; start += sliceBytes) {
      unzip.push(bytes.subarray(start, start + sliceBytes), start + sliceBytes >= bytes.byteLength)
      if (unpacked > importLimits.unpackedBytesMax) {
        return `It unpacks to more than ${importLimits.unpackedBytesMax / 1024 / 1024} MB; split it`
      }
      if (parts > partsMax) return `It is made of more than ${partsMax} parts`
    }
  } catch {
    return 'Not a whole workbook: it is damaged or cut off'
  }
  return parts === 0 ? 'Not a whole workbook: it is damaged or cut off' : null
}
