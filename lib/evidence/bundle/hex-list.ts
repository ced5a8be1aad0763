import { bytesToHex } from '@noble/hashes/utils.js'
import type { Hash } from '@/lib/transparency/merkle'

/** Hashes as JSON has them. */
export const hexList = (hashes: readonly Hash[]): string[] => hashes.map((hash) => bytesToHex(hash))
