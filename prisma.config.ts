import { defineConfig } from 'prisma/config'

/** For Prisma's own command line. The database URL matters to `prisma migrate` alone; generating needs none. */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
})
