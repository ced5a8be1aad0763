-- The door that a change came through, the single changes of an event that made many, and which things an event is about.

CREATE TYPE "audit_door" AS ENUM ('screen', 'api', 'cli', 'import', 'job');

-- Null: written before doors were noted.
ALTER TABLE "audit_event" ADD COLUMN "door" "audit_door";

-- One record that an event changed together with others: an import, a campaign that closes, owners named in bulk.
CREATE TABLE "audit_change" (
    "event_id" UUID NOT NULL,
    "id" BIGINT GENERATED ALWAYS AS IDENTITY,
    "subject_type" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "before" JSONB,
    "after" JSONB,

    CONSTRAINT "audit_change_pkey" PRIMARY KEY ("event_id", "id")
);

-- Which things an event is about, each with those that it belongs to: what the history of a thing reads, in its order.
CREATE TABLE "audit_about" (
    "thing_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "sequence" BIGINT NOT NULL,
    -- The change of the event, 0 for the event as a whole.
    "change_id" BIGINT NOT NULL,

    CONSTRAINT "audit_about_pkey" PRIMARY KEY ("thing_id", "at", "sequence", "change_id")
);

-- Both orders of the log, narrowed by anything, are a walk along an index.
CREATE INDEX "audit_event_at_sequence_idx" ON "audit_event"("at", "sequence");
CREATE INDEX "audit_event_action_at_sequence_idx" ON "audit_event"("action", "at", "sequence");
CREATE INDEX "audit_event_group_at_sequence_idx" ON "audit_event"(split_part("action", '.', 1), "at", "sequence");
CREATE INDEX "audit_event_actor_kind_at_sequence_idx" ON "audit_event"("actor_kind", "at", "sequence");
CREATE INDEX "audit_event_door_at_sequence_idx" ON "audit_event"("door", "at", "sequence");
CREATE INDEX "audit_event_subject_type_at_sequence_idx" ON "audit_event"("subject_type", "at", "sequence");
CREATE INDEX "audit_event_request_id_idx" ON "audit_event"("request_id");
DROP INDEX "audit_event_actor_id_at_idx";
CREATE INDEX "audit_event_actor_id_at_sequence_idx" ON "audit_event"("actor_id", "at", "sequence");
DROP INDEX "audit_event_subject_type_subject_id_sequence_idx";
CREATE INDEX "audit_event_subject_type_subject_id_at_sequence_idx" ON "audit_event"("subject_type", "subject_id", "at", "sequence");

CREATE TRIGGER "audit_change_append_only" BEFORE UPDATE OR DELETE ON "audit_change" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "audit_change_no_truncate" BEFORE TRUNCATE ON "audit_change" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "audit_about_append_only" BEFORE UPDATE OR DELETE ON "audit_about" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "audit_about_no_truncate" BEFORE TRUNCATE ON "audit_about" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- The changes of an event are written before it, in its transaction: what is there already gets no others.
CREATE FUNCTION "refuse_late_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM fresh f JOIN audit_event e ON e.id = f.event_id) THEN
    RAISE EXCEPTION 'The event is written already; its changes are complete' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "audit_change_not_late" AFTER INSERT ON "audit_change" REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_late_change"();

-- The elements of an array in a JSON value, none for anything else.
CREATE FUNCTION "audit_elements"(value jsonb) RETURNS SETOF jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_array_elements(CASE jsonb_typeof(value) WHEN 'array' THEN value ELSE '[]' END)
$$;

-- A record and the things it belongs to, as the estate has them at the end of the transaction. One query without
-- variables of its own, so that it is planned as a part of the one that asks: 100,000 records are one statement.
CREATE FUNCTION "audit_things"(kind text, record uuid, was jsonb, becomes jsonb) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
  SELECT record
  UNION ALL
  SELECT unnest(ARRAY[b.agent_id, b.tool_id]) FROM binding b WHERE kind = 'binding' AND b.id = record
  UNION ALL
  SELECT unnest(ARRAY[a.agent_id, a.tool_id, a.point_id, a.binding_id, a.team_id, a.person_id, b.agent_id, b.tool_id])
  FROM assignment a LEFT JOIN binding b ON b.id = a.binding_id WHERE kind = 'assignment' AND a.id = record
  UNION ALL
  SELECT d.person_id FROM assignment_deputy d WHERE kind = 'assignment' AND d.assignment_id = record
  UNION ALL
  -- Those who joined, left or changed their role.
  SELECT p.id FROM (
    SELECT m->>'person' AS person FROM (
      (SELECT audit_elements(was->'members') AS m EXCEPT SELECT audit_elements(becomes->'members'))
      UNION (SELECT audit_elements(becomes->'members') AS m EXCEPT SELECT audit_elements(was->'members'))
    ) AS moved) AS named
  JOIN person p ON p.external_id = named.person WHERE kind = 'team'
  UNION ALL
  SELECT unnest(ARRAY[d.from_agent_id, d.to_agent_id]) FROM delegation d WHERE kind = 'delegation' AND d.id = record
  UNION ALL
  -- By name: one that was taken away has no row any more.
  SELECT a.id FROM agent a
  WHERE kind = 'delegation' AND becomes IS NULL AND a.slug = ANY(ARRAY[was->>'from', was->>'to'])
  UNION ALL
  SELECT c.tool_id FROM contract c WHERE kind = 'contract' AND c.id = record
  UNION ALL
  SELECT unnest(ARRAY[a.tool_id, a.point_id, a.contract_id]) FROM attestation a WHERE kind = 'attestation' AND a.id = record
  UNION ALL
  SELECT unnest(ARRAY[r.tool_id, r.contract_id]) FROM parity_run r WHERE kind = 'parity_run' AND r.id = record
  UNION ALL
  SELECT unnest(ARRAY[g.subject_id, b.agent_id, b.tool_id])
  FROM gap g LEFT JOIN binding b ON b.id = g.subject_id WHERE kind = 'gap' AND g.id = record
  UNION ALL
  SELECT unnest(ARRAY[x.subject_id, g.id]) FROM gap_exception x
  LEFT JOIN gap g ON g.rule = x.rule AND g.subject_type = x.subject_type AND g.subject_id = x.subject_id
    AND g.layer IS NOT DISTINCT FROM x.layer AND g.point_id IS NOT DISTINCT FROM x.point_id
  WHERE kind = 'exception' AND x.id = record
  UNION ALL
  SELECT unnest(ARRAY[s.assignment_id, s.agent_id, s.leaver_id, s.candidate_id])
  FROM succession s WHERE kind = 'succession' AND s.id = record
  UNION ALL
  SELECT unnest(ARRAY[r.campaign_id, r.binding_id, b.agent_id, b.tool_id])
  FROM remediation r LEFT JOIN binding b ON b.id = r.binding_id WHERE kind = 'remediation' AND r.id = record
  UNION ALL
  SELECT d.campaign_id FROM review_decision d WHERE kind = 'review_batch' AND d.batch_id = record
$$;

-- A uuid where the text is one: some events are about 'all', or about a kind of setting.
CREATE FUNCTION "uuid_or_null"(value text) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN value ~ '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$' THEN value::uuid END
$$;

CREATE FUNCTION "note_audit_about"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_about (thing_id, at, sequence, change_id)
  SELECT DISTINCT thing, f.at, f.sequence, 0
  FROM fresh f CROSS JOIN audit_things(f.subject_type, uuid_or_null(f.subject_id), f.before, f.after) AS thing
  WHERE thing IS NOT NULL;
  INSERT INTO audit_about (thing_id, at, sequence, change_id)
  SELECT DISTINCT thing, f.at, f.sequence, c.id
  FROM fresh f JOIN audit_change c ON c.event_id = f.id
  CROSS JOIN audit_things(c.subject_type, c.subject_id, c.before, c.after) AS thing
  WHERE thing IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER "audit_event_about" AFTER INSERT ON "audit_event" REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION "note_audit_about"();

-- What was written before there were histories.
INSERT INTO audit_about (thing_id, at, sequence, change_id)
SELECT DISTINCT thing, e.at, e.sequence, 0
FROM audit_event e CROSS JOIN audit_things(e.subject_type, uuid_or_null(e.subject_id), e.before, e.after) AS thing
WHERE thing IS NOT NULL;
