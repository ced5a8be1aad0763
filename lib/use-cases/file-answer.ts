import { z } from 'zod'

/** A file as an answer: its headers, and its bytes as they come. */
export const fileAnswerSchema = z.object({
  headers: z.record(z.string(), z.string()),
  body: z.custom<ReadableStream<Uint8Array>>((value) => value instanceof ReadableStream),
})
