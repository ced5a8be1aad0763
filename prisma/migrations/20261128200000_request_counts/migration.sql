-- How often each caller has asked in each minute, for all instances together. Unlogged: it is not worth a crash's while.
CREATE UNLOGGED TABLE "request_count" (
    "key" TEXT NOT NULL,
    "minute" INTEGER NOT NULL,
    "requests" INTEGER NOT NULL,
    CONSTRAINT "request_count_pkey" PRIMARY KEY ("key", "minute")
) WITH (fillfactor = 50);
CREATE INDEX "request_count_minute_idx" ON "request_count"("minute");

-- Answers that are remembered are sealed from here on; those that are not may hold tokens, and are forgotten a day early.
DELETE FROM "idempotency_key";
