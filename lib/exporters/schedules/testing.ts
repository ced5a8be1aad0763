import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { AwsClient } from 'aws4fetch'

/** What the tests use of `@20minutes/s3rver`, which comes without types. */
interface S3Server {
  run(): Promise<AddressInfo>
  close(): Promise<void>
}
type S3Constructor = new (options: {
  port: number
  address: string
  silent: boolean
  directory: string
  configureBuckets: { name: string; configs: string[] }[]
}) => S3Server

/** A real server of S3 with one bucket, and its objects as they were put there. */
export interface TestS3 {
  address: AddressInfo
  object(key: string): Promise<Uint8Array>
  close(): Promise<void>
}

export async function startS3(directory: string, bucket: string): Promise<TestS3> {
  const S3rver = createRequire(import.meta.url)('@20minutes/s3rver') as S3Constructor
  const configureBuckets = [{ name: bucket, configs: [] }]
  const server = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory, configureBuckets })
  const address = await server.run()
  const client = new AwsClient({ accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER', service: 's3', region: 'us-east-1' })
  return {
    address,
    async object(key) {
      const answer = await client.fetch(`http://127.0.0.1:${address.port}/${bucket}/${key}`)
      if (!answer.ok) throw new Error(`No object ${key}: ${answer.status}`)
      return new Uint8Array(await answer.arrayBuffer())
    },
    close: () => server.close(),
  }
}
