-- Scheduled exports, and what became of each of their runs.

CREATE TYPE "scheduled_run_state" AS ENUM ('queued', 'running', 'done', 'failed');

CREATE TABLE "export_schedule" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "account_id" UUID NOT NULL,
    "view" JSONB NOT NULL,
    "plan" JSONB NOT NULL,
    "destination" JSONB NOT NULL,
    "secret_sealed" TEXT,
    "note" TEXT,
    "paused" BOOLEAN NOT NULL DEFAULT false,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,

    CONSTRAINT "export_schedule_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "export_schedule_slug_key" ON "export_schedule"("slug");
CREATE INDEX "export_schedule_paused_next_at_idx" ON "export_schedule"("paused", "next_at");

CREATE TABLE "export_schedule_run" (
    "id" UUID NOT NULL,
    "schedule_id" UUID NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "state" "scheduled_run_state" NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "rows" INTEGER,
    "bytes" BIGINT,
    "sha256" TEXT,
    "place" TEXT,
    "problem" TEXT,

    CONSTRAINT "export_schedule_run_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "export_schedule_run_schedule_id_id_idx" ON "export_schedule_run"("schedule_id", "id" DESC);
CREATE INDEX "export_schedule_run_state_next_attempt_at_idx" ON "export_schedule_run"("state", "next_attempt_at");
ALTER TABLE "export_schedule_run" ADD CONSTRAINT "export_schedule_run_schedule_id_fkey"
  FOREIGN KEY ("schedule_id") REFERENCES "export_schedule"("id") ON DELETE CASCADE ON UPDATE CASCADE;
