-- Erasing a person reaches rows of the past (docs/history.md). As with audit_opening, values can be erased and never
-- changed: whatever else an UPDATE of history touches, or puts in their place, is refused.

-- What may hold somebody's name or address.
--   whose    the column beside it that says whose name it is, by person or account: a namesake's is not touched
--   present  whether it goes from present rows too. What the report of a campaign is signed over stays there.
CREATE FUNCTION history.personal_columns() RETURNS TABLE (governed name, col name, whose name, present boolean) LANGUAGE sql IMMUTABLE AS $$
  VALUES
    ('person'::name, 'name'::name, 'id'::name, true), ('person', 'email', 'id', true),
    ('team', 'contact', NULL, true),
    ('agent', 'purpose', NULL, true),
    ('tool', 'description', NULL, true),
    ('binding', 'intent_text', NULL, true), ('binding', 'certified_by', NULL, true),
    ('assignment', 'set_by', NULL, true), ('assignment', 'reason', NULL, true), ('assignment', 'decided_by', NULL, true),
    ('assignment', 'decision_reason', NULL, true), ('assignment', 'certified_by', NULL, true),
    ('succession', 'decided_by', NULL, true), ('succession', 'note', NULL, true),
    ('gap', 'explanation', NULL, true),
    ('gap_event', 'actor', NULL, true), ('gap_event', 'note', NULL, true),
    ('gap_comment', 'author_name', 'account_id', true), ('gap_comment', 'text', NULL, true),
    ('gap_exception', 'reason', NULL, true), ('gap_exception', 'asked_by', 'asked_by_id', true),
    ('gap_exception', 'decided_by', 'decided_by_id', true), ('gap_exception', 'decision_note', NULL, true),
    ('contract', 'authored_by', 'authored_by_id', true), ('contract', 'note', NULL, true),
    ('attestation', 'by', 'by_person_id', true), ('attestation', 'note', NULL, true),
    ('parity_run', 'by', NULL, true),
    ('setting', 'updated_by', NULL, true), ('setting', 'value', NULL, false),
    ('import_run', 'actor_name', NULL, true), ('import_run', 'summary', NULL, true), ('import_run', 'changes', NULL, true),
    ('campaign_template', 'description', NULL, true), ('campaign_template', 'definition', NULL, false),
    ('campaign', 'description', NULL, false), ('campaign', 'because', NULL, false), ('campaign', 'definition', NULL, false),
    ('campaign', 'owner_name', 'owner_id', false), ('campaign', 'ended_reason', NULL, false), ('campaign', 'trouble', NULL, true),
    ('campaign', 'attestation', NULL, false), ('campaign', 'signed_by', 'signed_by_id', false), ('campaign', 'created_by', NULL, false),
    ('review_item', 'second_look', NULL, false), ('review_item', 'not_applied', NULL, false),
    ('item_reviewer', 'note', NULL, false),
    ('review_decision', 'person_name', 'person_id', false), ('review_decision', 'comment', NULL, false),
    ('review_decision', 'seen', NULL, false), ('review_decision', 'undone_by', NULL, false),
    ('review_decision', 'undone_reason', NULL, false),
    ('review_challenge', 'person_name', 'person_id', false), ('review_challenge', 'reason', NULL, false),
    ('review_challenge', 'decided_by', NULL, false), ('review_challenge', 'note', NULL, false),
    ('review_handover', 'reason', NULL, true), ('review_handover', 'created_by', NULL, true),
    ('campaign_comment', 'author_name', 'account_id', false), ('campaign_comment', 'text', NULL, false),
    ('remediation_event', 'by', NULL, true), ('remediation_event', 'note', NULL, true)
$$;

-- Whether a text names somebody: it is one of these, in small letters, or has one in it that is long enough to be no part
-- of another word.
CREATE FUNCTION history.names(value text, texts text[]) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT EXISTS (SELECT FROM unnest(texts) t WHERE lower(value) = t OR length(t) >= 4 AND strpos(lower(value), t) > 0)
$$;

-- A value with the strings that name somebody erased.
CREATE FUNCTION history.without(value jsonb, texts text[]) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN CASE jsonb_typeof(value)
    WHEN 'string' THEN CASE WHEN history.names(value #>> '{}', texts) THEN '"(erased)"' ELSE value END
    WHEN 'object' THEN (SELECT COALESCE(jsonb_object_agg(e.key, history.without(e.value, texts)), '{}') FROM jsonb_each(value) e)
    WHEN 'array' THEN (SELECT COALESCE(jsonb_agg(history.without(e.value, texts) ORDER BY e.ordinality), '[]')
      FROM jsonb_array_elements(value) WITH ORDINALITY e)
    ELSE value END;
END $$;

-- Whether all that differs is strings that are gone.
CREATE FUNCTION history.erases(was jsonb, is_now jsonb) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN CASE
    WHEN was = is_now THEN true
    WHEN jsonb_typeof(was) = 'string' THEN is_now IN ('null', '"(erased)"')
    WHEN jsonb_typeof(was) <> jsonb_typeof(is_now) THEN false
    WHEN jsonb_typeof(was) = 'object' THEN NOT EXISTS (
      SELECT FROM jsonb_each(was) w FULL JOIN jsonb_each(is_now) n ON n.key = w.key
      WHERE w.key IS NULL OR n.key IS NULL OR NOT history.erases(w.value, n.value))
    WHEN jsonb_typeof(was) = 'array' THEN NOT EXISTS (
      SELECT FROM jsonb_array_elements(was) WITH ORDINALITY w FULL JOIN jsonb_array_elements(is_now) WITH ORDINALITY n
        ON n.ordinality = w.ordinality
      WHERE w.ordinality IS NULL OR n.ordinality IS NULL OR NOT history.erases(w.value, n.value))
    ELSE false END;
END $$;

-- Whether a change of a row does nothing but erase, in personal columns. What people are called by in the sources has to
-- stay unique and is made of their id.
CREATE FUNCTION history.only_erases(governed name, was jsonb, is_now jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT NOT EXISTS (
    SELECT FROM jsonb_each(was) w JOIN jsonb_each(is_now) n ON n.key = w.key
    WHERE n.value <> w.value AND NOT (
      EXISTS (SELECT FROM history.personal_columns() c WHERE c.governed = only_erases.governed AND c.col = w.key)
        AND history.erases(w.value, n.value)
      OR only_erases.governed = 'person' AND w.key = 'external_id' AND n.value #>> '{}' = 'erased-' || (was ->> 'id')))
$$;

-- The setting alone opens nothing: what is changed under it still has to be an erasure.
CREATE FUNCTION history.erasing() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT current_setting('pentarch.erasing', true) = 'yes'
$$;

CREATE FUNCTION history.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND history.erasing() THEN
    IF TG_LEVEL = 'STATEMENT' OR history.only_erases(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION '% on history.% is refused: the past only grows', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

-- A present row that loses a name has been as it is since it was before: no row of the past is to keep what went.
-- Generated columns are left out: before the row is written they are not worked out yet.
CREATE OR REPLACE FUNCTION history.stamp() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE at timestamptz(3) := history.recorded_now();
BEGIN
  IF NEW IS NOT DISTINCT FROM OLD THEN RETURN NEW; END IF;
  IF history.erasing() AND history.only_erases(TG_TABLE_NAME, to_jsonb(OLD) - ARRAY(
    SELECT attname::text FROM pg_attribute WHERE attrelid = TG_RELID AND attgenerated <> ''), to_jsonb(NEW)) THEN RETURN NEW; END IF;
  NEW.recorded_at := CASE WHEN at < OLD.recorded_at THEN OLD.recorded_at + interval '1 millisecond' ELSE at END;
  RETURN NEW;
END $$;

-- Whatever is kept from now on is guarded alike.
ALTER FUNCTION history.keep(name, name[]) RENAME TO keep_rows;
CREATE FUNCTION history.guard(governed name) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON history.%I FOR EACH STATEMENT EXECUTE FUNCTION history.refuse_change()', governed);
  EXECUTE format('CREATE OR REPLACE TRIGGER erases_only BEFORE UPDATE ON history.%I FOR EACH ROW EXECUTE FUNCTION history.refuse_change()', governed);
END $$;
CREATE FUNCTION history.keep(governed name, immutable name[] DEFAULT '{}') RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM history.keep_rows(governed, immutable);
  PERFORM history.guard(governed);
END $$;
SELECT history.guard(relname) FROM pg_class WHERE relnamespace = 'history'::regnamespace AND relkind = 'r' AND relname <> 'estate_clock';

-- Takes a person out of rows of the past, and of present ones that nothing is signed over: the one way to change old rows.
-- `texts` is what they are and were called and reached at, in small letters. Returns how many rows have lost something.
CREATE FUNCTION history.erase_person(person uuid, texts text[]) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  ids uuid[] := (SELECT array_agg(id) FROM public.account WHERE person_id = person) || person;
  erasure record;
  changed bigint;
  total bigint := 0;
BEGIN
  PERFORM set_config('pentarch.erasing', 'yes', true);
  FOR erasure IN
    WITH columns AS (
      SELECT s.nspname, c.governed, c.col, a.atttypid = 'jsonb'::regtype AS is_json,
        CASE
          WHEN a.atttypid = 'jsonb'::regtype THEN format('history.names(%I::text, $2)', c.col)
          WHEN c.whose IS NULL THEN format('history.names(%I, $2)', c.col)
          ELSE format('(%1$I = ANY ($1) OR %1$I IS NULL AND history.names(%2$I, $2))', c.whose, c.col)
        END || format(' AND %I IS NOT NULL', c.col) || CASE WHEN a.atttypid = 'jsonb'::regtype THEN '' ELSE format(' AND %I <> ''(erased)''', c.col) END AS hit
      FROM history.personal_columns() c
      JOIN (VALUES ('history'), ('public')) s (nspname) ON s.nspname = 'history' OR c.present
      JOIN pg_attribute a ON a.attrelid = format('%I.%I', s.nspname, c.governed)::regclass AND a.attname = c.col
    )
    SELECT format('UPDATE %I.%I SET %s WHERE %s', nspname, governed,
      string_agg(CASE
        WHEN is_json THEN format('%1$I = CASE WHEN %2$s THEN history.without(%1$I, $2) ELSE %1$I END', col, hit)
        WHEN governed = 'person' AND col = 'email' THEN 'email = NULL'
        ELSE format('%1$I = CASE WHEN %2$s THEN ''(erased)'' ELSE %1$I END', col, hit) END, ', ')
        || CASE WHEN governed = 'person' THEN ', external_id = ''erased-'' || id' ELSE '' END,
      string_agg(format('(%s)', hit), ' OR ')) AS statement
    -- The past last: it is to hold nothing that the present may yet leave to it.
    FROM columns GROUP BY nspname, governed ORDER BY nspname DESC, governed
  LOOP
    EXECUTE erasure.statement USING ids, texts;
    GET DIAGNOSTICS changed = ROW_COUNT;
    total := total + changed;
  END LOOP;
  PERFORM set_config('pentarch.erasing', '', true);
  RETURN total;
END $$;
REVOKE EXECUTE ON FUNCTION history.erase_person(uuid, text[]) FROM PUBLIC;
