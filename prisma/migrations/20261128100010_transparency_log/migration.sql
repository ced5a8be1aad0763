-- The transparency log: every audit event is a leaf of a Merkle tree (RFC 9162) whose signed checkpoints others keep.

-- Who this instance is: made once, part of every checkpoint.
CREATE TABLE "log_identity" (
    "id" UUID NOT NULL,
    "only" BOOLEAN NOT NULL DEFAULT TRUE,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "log_identity_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "log_identity_only" UNIQUE ("only"),
    CONSTRAINT "log_identity_is_one" CHECK ("only")
);

-- Events that are no leaves yet. A row for each event is written with it and goes when the event is logged, so that one
-- whose transaction commits late is never passed over.
CREATE TABLE "log_pending" (
    "event_id" UUID NOT NULL,
    "sequence" BIGINT NOT NULL,

    CONSTRAINT "log_pending_pkey" PRIMARY KEY ("event_id")
);
CREATE INDEX "log_pending_sequence_idx" ON "log_pending" ("sequence");

CREATE TABLE "log_leaf" (
    "index" BIGINT NOT NULL,
    "event_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    -- The leaf document, canonical: what the hash is over.
    "body" TEXT NOT NULL,

    CONSTRAINT "log_leaf_pkey" PRIMARY KEY ("index"),
    CONSTRAINT "log_leaf_hash_length" CHECK (octet_length("hash") = 32)
);
CREATE UNIQUE INDEX "log_leaf_event_id_key" ON "log_leaf" ("event_id");

-- Full tiles only (C2SP tlog-tiles): a partial one is read from the leaves, or from the roots of the tiles below it.
CREATE TABLE "log_tile" (
    "level" INTEGER NOT NULL,
    "index" BIGINT NOT NULL,
    "hashes" BYTEA NOT NULL,
    "root" BYTEA NOT NULL,

    CONSTRAINT "log_tile_pkey" PRIMARY KEY ("level", "index"),
    CONSTRAINT "log_tile_full" CHECK (octet_length("hashes") = 8192 AND octet_length("root") = 32)
);

CREATE TABLE "log_key" (
    "number" INTEGER GENERATED ALWAYS AS IDENTITY,
    -- C2SP verifier key: name, key id and public key.
    "verifier_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "log_key_pkey" PRIMARY KEY ("number")
);
CREATE UNIQUE INDEX "log_key_verifier_key_key" ON "log_key" ("verifier_key");

CREATE TABLE "log_checkpoint" (
    "size" BIGINT NOT NULL,
    "root" BYTEA NOT NULL,
    -- The signed note as the log signed it, without what witnesses add.
    "note" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    -- The newest leaf of action log.state that it covers.
    "state_index" BIGINT,

    CONSTRAINT "log_checkpoint_pkey" PRIMARY KEY ("size"),
    CONSTRAINT "log_checkpoint_root_length" CHECK (octet_length("root") = 32)
);

CREATE TABLE "log_witness" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "verifier_key" TEXT NOT NULL,
    "webhook" TEXT,
    "email" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),
    -- How far it has been told: the checkpoint of this size.
    "told_size" BIGINT NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3),
    "problem" TEXT,

    CONSTRAINT "log_witness_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "log_witness_verifier_key_key" ON "log_witness" ("verifier_key") WHERE "removed_at" IS NULL;

CREATE TABLE "log_cosignature" (
    "size" BIGINT NOT NULL,
    "witness_id" UUID NOT NULL,
    -- The signature line, with its line break.
    "line" TEXT NOT NULL,
    -- When the witness says it signed.
    "signed_at" TIMESTAMPTZ(0) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "log_cosignature_pkey" PRIMARY KEY ("size", "witness_id"),
    CONSTRAINT "log_cosignature_checkpoint" FOREIGN KEY ("size") REFERENCES "log_checkpoint" ("size"),
    CONSTRAINT "log_cosignature_witness" FOREIGN KEY ("witness_id") REFERENCES "log_witness" ("id")
);

CREATE TABLE "log_verification" (
    "id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,
    "size" BIGINT NOT NULL,
    "findings" INTEGER NOT NULL,
    -- The first of them, each with where and what.
    "details" JSONB NOT NULL,

    CONSTRAINT "log_verification_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "log_verification_ended_at_idx" ON "log_verification" ("ended_at" DESC);

-- The log only grows.
DO $$
DECLARE kept text;
BEGIN
  FOREACH kept IN ARRAY ARRAY['log_identity', 'log_leaf', 'log_tile', 'log_key', 'log_checkpoint', 'log_cosignature', 'log_verification'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', kept || '_append_only', kept);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', kept || '_no_truncate', kept);
  END LOOP;
END $$;

CREATE FUNCTION "note_log_pending"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO log_pending (event_id, sequence) SELECT f.id, f.sequence FROM fresh f;
  RETURN NULL;
END $$;
CREATE TRIGGER "audit_event_pending" AFTER INSERT ON "audit_event" REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION "note_log_pending"();
INSERT INTO "log_pending" (event_id, sequence) SELECT id, sequence FROM "audit_event";
