-- Event streams: what happens goes to other systems, in order, each stream with a place of its own up to which it has been
-- delivered.

CREATE TYPE "stream_kind" AS ENUM ('webhook', 'file', 'syslog');
CREATE TYPE "stream_item_kind" AS ENUM ('audit', 'gap');

CREATE TABLE "event_stream" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "stream_kind" NOT NULL,
    "target" JSONB NOT NULL,
    "secret_sealed" TEXT,
    "paused" BOOLEAN NOT NULL DEFAULT false,
    "position" BIGINT NOT NULL,
    "delivered_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3),
    "error" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "event_stream_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "event_stream_slug_key" ON "event_stream"("slug");

-- What has happened and has no place in the order yet.
CREATE TABLE "event_stream_pending" (
    "id" BIGSERIAL NOT NULL,
    "kind" "stream_item_kind" NOT NULL,
    "item_id" UUID NOT NULL,

    CONSTRAINT "event_stream_pending_pkey" PRIMARY KEY ("id")
);

-- What has happened, in the order in which it is delivered.
CREATE TABLE "event_stream_item" (
    "position" BIGSERIAL NOT NULL,
    "kind" "stream_item_kind" NOT NULL,
    "item_id" UUID NOT NULL,

    CONSTRAINT "event_stream_item_pkey" PRIMARY KEY ("position")
);

-- Without a stream nothing is noted. With one, the job is told when the transaction commits, once however much it wrote.
CREATE FUNCTION note_for_streams() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM event_stream) THEN
    INSERT INTO event_stream_pending (kind, item_id)
      SELECT TG_ARGV[0]::stream_item_kind, id FROM fresh ORDER BY at, id;
    PERFORM pg_notify('pentarch_jobs', 'streams.deliver');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER audit_event_for_streams AFTER INSERT ON audit_event
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION note_for_streams('audit');
CREATE TRIGGER gap_event_for_streams AFTER INSERT ON gap_event
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION note_for_streams('gap');
