-- Personal values leave the audit log: an event carries a salted commitment to each, salt and value stand here and can be
-- erased without touching the event.

ALTER TABLE "audit_event" ALTER COLUMN "actor_name" DROP NOT NULL;
ALTER TABLE "audit_event" ADD COLUMN "actor_name_committed" TEXT, ADD COLUMN "reason_committed" TEXT;

CREATE TABLE "audit_opening" (
    "event_id" UUID NOT NULL,
    -- The commitment, in hexadecimal, as it stands in the event.
    "digest" TEXT NOT NULL,
    -- Where it stands in the leaf of the event (RFC 6901).
    "pointer" TEXT NOT NULL,
    "salt" BYTEA NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "audit_opening_pkey" PRIMARY KEY ("event_id", "digest")
);

-- They can be erased, never changed: a changed one would not open its commitment any more.
CREATE TRIGGER "audit_opening_no_update" BEFORE UPDATE ON "audit_opening" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "audit_opening_no_truncate" BEFORE TRUNCATE ON "audit_opening" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- What a commitment of an event hides, null when it was erased.
CREATE FUNCTION "audit_opened_text"(event uuid, commitment text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT o.value #>> '{}' FROM public.audit_opening o WHERE o.event_id = event AND o.digest = commitment
$$;

-- A value with its commitments opened; those that were erased stay. A commitment in the text of a jsonb is always written
-- in the one way that is looked for, and no string can contain it, for its quotes would be escaped.
CREATE FUNCTION "audit_opened"(event uuid, value jsonb) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
  opened text := value::text;
  opening record;
BEGIN
  IF value IS NULL OR position('"$committed"' IN opened) = 0 THEN RETURN value; END IF;
  FOR opening IN
    SELECT o.digest, o.value FROM public.audit_opening o
    WHERE o.event_id = event AND o.digest IN (
      SELECT hit[1] FROM regexp_matches(opened, '\{"\$committed": "([0-9a-f]{64})"\}', 'g') AS hit)
  LOOP
    opened := replace(opened, '{"$committed": "' || opening.digest || '"}', opening.value::text);
  END LOOP;
  RETURN opened::jsonb;
END $$;

-- Events that are there already. A text as PostgreSQL writes it in JSON is its canonical form (RFC 8785): both escape the
-- quote, the backslash and control characters alike, and nothing else.
ALTER TABLE "audit_event" DISABLE TRIGGER "audit_event_append_only";
WITH salted AS MATERIALIZED (
  SELECT e.id, t.pointer, t.value, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) AS salt
  FROM "audit_event" e CROSS JOIN LATERAL (VALUES
    ('/actor/name', CASE WHEN e.actor_kind <> 'system' THEN e.actor_name END),
    ('/reason', e.reason)) AS t (pointer, value)
  WHERE t.value IS NOT NULL
)
INSERT INTO "audit_opening" (event_id, digest, pointer, salt, value)
SELECT id, encode(sha256(salt || convert_to(to_jsonb(value)::text, 'UTF8')), 'hex'), pointer, salt, to_jsonb(value) FROM salted;
UPDATE "audit_event" e SET
  actor_name = CASE WHEN e.actor_kind = 'system' THEN e.actor_name END,
  actor_name_committed = (SELECT o.digest FROM "audit_opening" o WHERE o.event_id = e.id AND o.pointer = '/actor/name'),
  reason = NULL,
  reason_committed = (SELECT o.digest FROM "audit_opening" o WHERE o.event_id = e.id AND o.pointer = '/reason');
ALTER TABLE "audit_event" ENABLE TRIGGER "audit_event_append_only";
