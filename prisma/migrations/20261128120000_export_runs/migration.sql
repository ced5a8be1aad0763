-- CreateEnum
CREATE TYPE "export_run_state" AS ENUM ('queued', 'running', 'done', 'failed', 'cancelled', 'expired');

-- CreateTable
CREATE TABLE "export_run" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "requested_by" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "sort" TEXT,
    "columns" TEXT[],
    "raw" BOOLEAN NOT NULL,
    "as_of" TIMESTAMPTZ(3),
    "state" "export_run_state" NOT NULL DEFAULT 'queued',
    "rows" INTEGER NOT NULL DEFAULT 0,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "sha256" TEXT,
    "problem" TEXT,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "seen_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "export_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "export_chunk" (
    "run_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "export_chunk_pkey" PRIMARY KEY ("run_id","position")
);

-- CreateIndex
CREATE INDEX "export_run_account_id_id_idx" ON "export_run"("account_id", "id" DESC);

-- CreateIndex
CREATE INDEX "export_run_state_requested_at_idx" ON "export_run"("state", "requested_at");

-- AddForeignKey
ALTER TABLE "export_run" ADD CONSTRAINT "export_run_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "export_chunk" ADD CONSTRAINT "export_chunk_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "export_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A file is compressed or will be read once: the database need not compress it.
ALTER TABLE "export_chunk" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
