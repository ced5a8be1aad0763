-- Every governed table keeps what its rows were (docs/adr/018-the-past-is-another-schema.md).
--   public.T     the present; recorded_at says since when a row has been as it is
--   history.T    what rows were, from recorded_at until recorded_until; only grows
--   as_of.T      a view of both at the instant in pentarch.as_of
-- Prisma's schema knows nothing of it: no model has recorded_at.

CREATE SCHEMA history;
CREATE SCHEMA as_of;

-- The instant that a transaction's changes count from: what the command says, else when the transaction began.
CREATE FUNCTION history.recorded_now() RETURNS timestamptz(3) LANGUAGE sql STABLE AS $$
  SELECT COALESCE(NULLIF(current_setting('pentarch.recorded_at', true), '')::timestamptz, transaction_timestamp())::timestamptz(3)
$$;

-- The instant that as_of shows.
CREATE FUNCTION history.instant() RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT current_setting('pentarch.as_of')::timestamptz
$$;

-- The last change of the estate. Its writers wait for each other anyway, so each gets an instant after the last one's
-- and the estate at an instant is what one of them left behind.
CREATE TABLE history.estate_clock (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  at timestamptz(3) NOT NULL
);
INSERT INTO history.estate_clock (at) VALUES ('-infinity');

-- Since when a row is as it now is. A change that changes nothing is none. Of two transactions the one that began first
-- may write a row last: it then counts from just after the other.
CREATE FUNCTION history.stamp() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE at timestamptz(3) := history.recorded_now();
BEGIN
  IF NEW IS NOT DISTINCT FROM OLD THEN RETURN NEW; END IF;
  NEW.recorded_at := CASE WHEN at < OLD.recorded_at THEN OLD.recorded_at + interval '1 millisecond' ELSE at END;
  RETURN NEW;
END $$;

-- Keeps history of a table: gives it recorded_at, history.T, as_of.T and the triggers that fill them. Called again
-- after a migration that adds a column, it adds the column to what was kept. Columns in `immutable` never change while
-- the row is there, and are too large to be copied with every change: of the past they are read from the live row.
CREATE FUNCTION history.keep(governed name, immutable name[] DEFAULT '{}') RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  live regclass := format('public.%I', governed)::regclass;
  key_columns name[];
  kept_columns name[];
  all_columns name[];
  kept text;
  key_join text;
  key_list text;
  added record;
BEGIN
  EXECUTE format('ALTER TABLE public.%I ADD COLUMN IF NOT EXISTS recorded_at timestamptz(3) NOT NULL DEFAULT history.recorded_now()', governed);
  SELECT array_agg(a.attname ORDER BY array_position(i.indkey::int2[], a.attnum)) INTO STRICT key_columns
  FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
  WHERE i.indrelid = live AND i.indisprimary;
  SELECT array_agg(attname ORDER BY attnum), array_agg(attname ORDER BY attnum) FILTER (WHERE attname <> ALL(immutable))
  INTO all_columns, kept_columns
  FROM pg_attribute WHERE attrelid = live AND attnum > 0 AND NOT attisdropped;

  EXECUTE format('CREATE TABLE IF NOT EXISTS history.%I (recorded_until timestamptz(3) NOT NULL)', governed);
  FOR added IN
    SELECT a.attname, format_type(a.atttypid, a.atttypmod) AS type FROM pg_attribute a
    WHERE a.attrelid = live AND a.attname = ANY(kept_columns)
      AND NOT EXISTS (SELECT FROM pg_attribute h WHERE h.attrelid = format('history.%I', governed)::regclass AND h.attname = a.attname)
    ORDER BY a.attnum
  LOOP
    EXECUTE format('ALTER TABLE history.%I ADD COLUMN %I %s', governed, added.attname, added.type);
  END LOOP;

  SELECT string_agg(format('%I', c), ', ' ORDER BY o) INTO key_list FROM unnest(key_columns) WITH ORDINALITY k(c, o);
  SELECT string_agg(format('n.%1$I = o.%1$I', c), ' AND ') INTO key_join FROM unnest(key_columns) k(c);
  SELECT string_agg(format('%I', c), ', ' ORDER BY o) INTO kept FROM unnest(kept_columns) WITH ORDINALITY k(c, o);
  EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON history.%I (%s, recorded_until)', governed || '_key', governed, key_list);
  EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON history.%I (recorded_until)', governed || '_recorded_until', governed);

  -- The plan is kept, with the few rows of the first statement in mind: nested loops would take minutes for a hundred thousand.
  EXECUTE format('CREATE OR REPLACE FUNCTION history.%I() RETURNS trigger LANGUAGE plpgsql SET enable_nestloop = off AS $f$
    BEGIN
      INSERT INTO history.%I (recorded_until, %s)
      SELECT n.recorded_at, %s FROM replaced o JOIN replacing n ON %s WHERE n.recorded_at > o.recorded_at;
      RETURN NULL;
    END $f$', 'replace_' || governed, governed, kept,
    (SELECT string_agg(format('o.%I', c), ', ' ORDER BY o) FROM unnest(kept_columns) WITH ORDINALITY k(c, o)), key_join);
  EXECUTE format('CREATE OR REPLACE FUNCTION history.%I() RETURNS trigger LANGUAGE plpgsql AS $f$
    DECLARE history_removal_at timestamptz(3) := history.recorded_now();
    BEGIN
      INSERT INTO history.%I (recorded_until, %s)
      SELECT CASE WHEN history_removal_at < o.recorded_at THEN o.recorded_at + interval ''1 millisecond'' ELSE history_removal_at END, %s
      FROM replaced o WHERE o.recorded_at <> history_removal_at;
      RETURN NULL;
    END $f$', 'remove_' || governed, governed, kept,
    (SELECT string_agg(format('o.%I', c), ', ' ORDER BY o) FROM unnest(kept_columns) WITH ORDINALITY k(c, o)));

  -- Named so that the stamp comes after whatever else a trigger does to the row.
  EXECUTE format('CREATE OR REPLACE TRIGGER zz_history_stamp BEFORE UPDATE ON public.%I FOR EACH ROW EXECUTE FUNCTION history.stamp()', governed);
  EXECUTE format('CREATE OR REPLACE TRIGGER zz_history_replace AFTER UPDATE ON public.%1$I REFERENCING OLD TABLE AS replaced NEW TABLE AS replacing
    FOR EACH STATEMENT EXECUTE FUNCTION history.%2$I()', governed, 'replace_' || governed);
  EXECUTE format('CREATE OR REPLACE TRIGGER zz_history_remove AFTER DELETE ON public.%1$I REFERENCING OLD TABLE AS replaced
    FOR EACH STATEMENT EXECUTE FUNCTION history.%2$I()', governed, 'remove_' || governed);
  EXECUTE format('CREATE OR REPLACE TRIGGER zz_history_no_truncate BEFORE TRUNCATE ON public.%I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', governed);
  EXECUTE format('CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON history.%I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', governed);
  EXECUTE format('CREATE OR REPLACE TRIGGER no_truncate BEFORE TRUNCATE ON history.%I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', governed);

  EXECUTE format('DROP VIEW IF EXISTS as_of.%I', governed);
  -- The instant is asked about outside of the union: PostgreSQL joins and sorts a union by the indexes of its parts only when
  -- the parts have no conditions of their own. The instant is a subquery so that its text is read once, not for every row.
  EXECUTE format('CREATE VIEW as_of.%1$I AS
    SELECT %2$s FROM (
      SELECT %2$s, ''infinity''::timestamptz(3) AS recorded_until FROM public.%1$I
      UNION ALL
      SELECT %3$s, h.recorded_until FROM history.%1$I h
    ) known WHERE recorded_at <= (SELECT history.instant()) AND recorded_until > (SELECT history.instant())',
    governed,
    (SELECT string_agg(format('%I', c), ', ' ORDER BY o) FROM unnest(all_columns) WITH ORDINALITY k(c, o)),
    (SELECT string_agg(
       CASE WHEN c = ANY(immutable)
         THEN format('(SELECT l.%1$I FROM public.%2$I l WHERE (%3$s) = (%4$s))', c, governed,
           (SELECT string_agg(format('l.%I', k), ', ') FROM unnest(key_columns) k),
           (SELECT string_agg(format('h.%I', k), ', ') FROM unnest(key_columns) k))
         ELSE format('h.%I', c) END, ', ' ORDER BY o)
     FROM unnest(all_columns) WITH ORDINALITY k(c, o)));
END $$;

-- A migration that changes or drops a column of a governed table calls this first and history.keep after it.
CREATE FUNCTION history.let_go(governed name) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('DROP VIEW IF EXISTS as_of.%I', governed);
END $$;

SELECT history.keep(governed) FROM unnest(ARRAY[
  'person', 'team', 'membership', 'agent', 'enforcement_point', 'tool', 'binding', 'path_step', 'delegation',
  'assignment', 'assignment_deputy', 'succession', 'effective_owner', 'cell_count',
  'gap', 'gap_binding', 'gap_event', 'gap_comment', 'gap_exception',
  'contract', 'attestation', 'parity_run', 'parity_answer', 'decision_sample', 'setting', 'import_run',
  'campaign_template', 'campaign', 'campaign_stage', 'item_reviewer', 'review_decision', 'review_challenge',
  'review_handover', 'campaign_comment', 'remediation', 'remediation_event',
  'campaign_count', 'reviewer_count', 'decision_count'
]) AS governed;
SELECT history.keep('review_item', ARRAY['picture']);

-- Pages of the past look things up by what they belong to, and read them in the orders of those of the present.
CREATE INDEX binding_agent ON history.binding (agent_id, recorded_until);
CREATE INDEX binding_tool ON history.binding (tool_id, recorded_until);
CREATE INDEX gap_subject ON history.gap (subject_id, recorded_until);
CREATE INDEX gap_binding_binding ON history.gap_binding (binding_id, recorded_until);
CREATE INDEX assignment_agent ON history.assignment (agent_id, recorded_until) WHERE agent_id IS NOT NULL;
CREATE INDEX assignment_tool ON history.assignment (tool_id, recorded_until) WHERE tool_id IS NOT NULL;
CREATE INDEX review_item_campaign ON history.review_item (campaign_id, recorded_until);
CREATE INDEX item_reviewer_person ON history.item_reviewer (person_id, recorded_until);
CREATE INDEX binding_state_slug ON history.binding (state, slug);
CREATE INDEX binding_tool_slug ON history.binding (tool_slug, slug);
CREATE INDEX binding_risk ON history.binding (risk DESC, slug);
CREATE INDEX gap_state ON history.gap (state, severity DESC, opened_at DESC, id);

-- What only grows needs no copies to be read as of the past.
ALTER TABLE audit_event ADD COLUMN recorded_at timestamptz(3) NOT NULL DEFAULT history.recorded_now();
CREATE VIEW as_of.audit_event AS SELECT * FROM public.audit_event WHERE recorded_at <= history.instant();
