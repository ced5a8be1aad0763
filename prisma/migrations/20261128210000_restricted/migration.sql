-- An agent or a tool may be restricted: only its teams, and those who see everything, know of it
-- (docs/adr/023-restricted-things-are-another-view.md).
--   sight            who sees what, worked out once for a transaction
--   visible          views of the present without what the viewer may not know of
--   visible_as_of    the same of as_of
--   visible_history  the same of what rows were
-- A read for somebody who does not see everything looks in them first, by its search path.

CREATE SCHEMA sight;
CREATE SCHEMA visible;
CREATE SCHEMA visible_as_of;
CREATE SCHEMA visible_history;

-- Nothing was restricted so far, so old rows are not either.
ALTER TABLE history."agent" ADD COLUMN "restricted" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE history."tool" ADD COLUMN "restricted" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "agent" ADD COLUMN "restricted" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "tool" ADD COLUMN "restricted" BOOLEAN NOT NULL DEFAULT false;

SELECT history.keep('agent'), history.keep('tool');

-- Whether anything is restricted is asked with every read of those who do not see everything.
CREATE INDEX "agent_restricted" ON "agent" ("id") WHERE "restricted";
CREATE INDEX "tool_restricted" ON "tool" ("id") WHERE "restricted";

-- Who looks -------------------------------------------------------------------------------------------------------

-- The person who looks; null for an account of nobody in the registry.
CREATE FUNCTION sight.viewer() RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT NULLIF(current_setting('pentarch.viewer', true), '')::uuid
$$;

-- Their active teams.
CREATE FUNCTION sight.teams() RETURNS uuid[] LANGUAGE sql STABLE AS $$
  SELECT COALESCE(array_agg(m.team_id), '{}') FROM public.membership m JOIN public.team t ON t.id = m.team_id AND t.status = 'active'
  WHERE m.person_id = sight.viewer()
$$;

-- What they may not know of ---------------------------------------------------------------------------------------

-- Restricted agents in which they have no standing. Those have it who sponsor it, who are named for it or for a binding of
-- it (as owner, deputy or successor, be it only proposed), and the members of teams that own a layer of a binding of it
-- or an enforcement point on the way.
CREATE FUNCTION sight.agents_hidden() RETURNS uuid[] LANGUAGE plpgsql STABLE AS $$
DECLARE me uuid := sight.viewer(); teams uuid[] := sight.teams();
BEGIN
  RETURN COALESCE((SELECT array_agg(a.id) FROM public.agent a WHERE a.restricted AND (
    a.sponsor_id = me
    OR EXISTS (SELECT FROM public.succession s WHERE s.agent_id = a.id AND s.candidate_id = me AND s.state = 'open')
    OR EXISTS (SELECT FROM public.assignment s WHERE s.agent_id = a.id AND sight.is_named(s, me, teams))
    OR EXISTS (SELECT FROM public.binding b WHERE b.agent_id = a.id AND b.state <> 'revoked' AND sight.has_part_in(b.id, me, teams))
  ) IS NOT TRUE), '{}');
END $$;

CREATE FUNCTION sight.tools_hidden() RETURNS uuid[] LANGUAGE plpgsql STABLE AS $$
DECLARE me uuid := sight.viewer(); teams uuid[] := sight.teams();
BEGIN
  RETURN COALESCE((SELECT array_agg(t.id) FROM public.tool t WHERE t.restricted AND (
    EXISTS (SELECT FROM public.enforcement_point p WHERE p.id = t.application_id AND p.team_id = ANY (teams))
    OR EXISTS (SELECT FROM public.assignment s WHERE s.tool_id = t.id AND sight.is_named(s, me, teams))
    OR EXISTS (SELECT FROM public.binding b WHERE b.tool_id = t.id AND b.state <> 'revoked' AND sight.has_part_in(b.id, me, teams))
  ) IS NOT TRUE), '{}');
END $$;

CREATE FUNCTION sight.is_named(s public.assignment, me uuid, teams uuid[]) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT s.state IN ('proposed', 'accepted') AND (
    s.team_id = ANY (teams) OR s.person_id = me
    OR EXISTS (SELECT FROM public.assignment_deputy d WHERE d.assignment_id = s.id AND d.person_id = me)
    OR EXISTS (SELECT FROM public.succession c WHERE c.assignment_id = s.id AND c.candidate_id = me AND c.state = 'open'))
$$;

CREATE FUNCTION sight.has_part_in(binding uuid, me uuid, teams uuid[]) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM public.effective_owner e WHERE e.binding_id = binding AND e.team_id = ANY (teams))
    OR EXISTS (SELECT FROM public.assignment s WHERE s.binding_id = binding AND sight.is_named(s, me, teams))
    OR EXISTS (SELECT FROM public.path_step w JOIN public.enforcement_point p ON p.id = w.point_id
      WHERE w.binding_id = binding AND p.team_id = ANY (teams))
$$;

-- The ids of what they may not know of, by kind. Each is worked out when it is first asked for, and kept in a setting for
-- the rest of the transaction.
CREATE FUNCTION sight.hidden(kind text) RETURNS uuid[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  setting text := 'pentarch.hidden_' || kind;
  kept text := current_setting(setting, true);
  result uuid[];
BEGIN
  IF kept <> '' THEN RETURN kept::uuid[]; END IF;
  CASE kind
    WHEN 'agent' THEN result := sight.agents_hidden();
    WHEN 'tool' THEN result := sight.tools_hidden();
    WHEN 'binding' THEN
      result := ARRAY(SELECT b.id FROM public.binding b WHERE b.agent_id = ANY ((SELECT sight.hidden('agent'))::uuid[])
        UNION SELECT b.id FROM public.binding b WHERE b.tool_id = ANY ((SELECT sight.hidden('tool'))::uuid[]));
    WHEN 'assignment' THEN
      result := ARRAY(SELECT s.id FROM public.assignment s WHERE s.agent_id = ANY ((SELECT sight.hidden('agent'))::uuid[])
        UNION ALL SELECT s.id FROM public.assignment s WHERE s.tool_id = ANY ((SELECT sight.hidden('tool'))::uuid[])
        UNION ALL SELECT s.id FROM public.assignment s WHERE s.binding_id = ANY ((SELECT sight.hidden('binding'))::uuid[]));
    -- Whatever a gap, an exception or an event may be about.
    WHEN 'thing' THEN
      result := sight.hidden('agent') || sight.hidden('tool') || sight.hidden('binding') || sight.hidden('assignment');
    WHEN 'contract' THEN result := ARRAY(SELECT c.id FROM public.contract c WHERE c.tool_id = ANY ((SELECT sight.hidden('tool'))::uuid[]));
    WHEN 'parity_run' THEN result := ARRAY(SELECT r.id FROM public.parity_run r WHERE r.tool_id = ANY ((SELECT sight.hidden('tool'))::uuid[]));
    -- Gaps that name one of their bindings among others.
    WHEN 'gap_touched' THEN
      result := ARRAY(SELECT DISTINCT g.gap_id FROM public.gap_binding g WHERE g.binding_id = ANY ((SELECT sight.hidden('binding'))::uuid[]));
    -- Those about them, and those that concern nothing else. Whoever a gap is given to knows of it.
    WHEN 'gap' THEN
      result := ARRAY(
        SELECT g.id FROM public.gap g
        WHERE g.subject_type = ANY (enum_range(NULL::public.gap_subject_type)) AND g.subject_id = ANY ((SELECT sight.hidden('thing'))::uuid[])
          AND g.assignee_id IS DISTINCT FROM sight.viewer()
        UNION
        SELECT g.id FROM public.gap g WHERE g.id = ANY ((SELECT sight.hidden('gap_touched'))::uuid[]) AND g.assignee_id IS DISTINCT FROM sight.viewer()
          AND NOT EXISTS (SELECT FROM public.gap_binding o WHERE o.gap_id = g.id
            AND (o.binding_id IN (SELECT unnest(sight.hidden('binding')))) IS NOT TRUE));
    -- Whoever is or was asked about an item, or stands in for somebody who is, knows of it; so does who is to see to what follows.
    WHEN 'item' THEN
      result := ARRAY(
        SELECT i.id FROM (
          SELECT i.id FROM public.review_item i WHERE i.binding_id = ANY ((SELECT sight.hidden('binding'))::uuid[])
          UNION SELECT i.id FROM public.review_item i WHERE i.assignment_id = ANY ((SELECT sight.hidden('assignment'))::uuid[])
        ) i
        WHERE NOT EXISTS (SELECT FROM public.item_reviewer r WHERE r.item_id = i.id AND (r.person_id = sight.viewer()
            OR r.person_id IN (SELECT h.from_person_id FROM public.review_handover h WHERE h.to_person_id = sight.viewer())))
          AND NOT EXISTS (SELECT FROM public.remediation m WHERE m.item_id = i.id AND m.assignee_id = sight.viewer()));
    WHEN 'remediation' THEN
      result := ARRAY(SELECT m.id FROM public.remediation m WHERE m.binding_id = ANY ((SELECT sight.hidden('binding'))::uuid[])
        AND m.assignee_id IS DISTINCT FROM sight.viewer());
    -- Campaigns that ask about nothing else, and those whose definition or reason names them; never those that ask the viewer.
    WHEN 'campaign' THEN
      result := ARRAY(
        SELECT c.id FROM public.campaign c
        WHERE NOT EXISTS (SELECT FROM public.reviewer_count k WHERE k.campaign_id = c.id AND k.person_id = sight.viewer() AND k.items > 0)
          AND (c.items > 0 AND c.items <= (SELECT count(*) FROM public.review_item i
              WHERE i.campaign_id = c.id AND i.id = ANY ((SELECT sight.hidden('item'))::uuid[]))
            OR sight.tells(concat_ws(' ', c.name, c.description, c.because, c.definition::text))));
    WHEN 'exception' THEN
      result := ARRAY(SELECT x.id FROM public.gap_exception x
        WHERE x.subject_type = ANY (enum_range(NULL::public.gap_subject_type)) AND x.subject_id = ANY ((SELECT sight.hidden('thing'))::uuid[])
          AND x.approver_id IS DISTINCT FROM sight.viewer());
  END CASE;
  PERFORM set_config(setting, result::text, true);
  RETURN result;
END $$;

-- Events about them, by sequence: all that the histories of hidden things hold.
CREATE FUNCTION sight.events_hidden() RETURNS bigint[] LANGUAGE plpgsql STABLE AS $$
DECLARE kept text := current_setting('pentarch.hidden_events', true); result bigint[];
BEGIN
  IF kept <> '' THEN RETURN kept::bigint[]; END IF;
  result := ARRAY(SELECT DISTINCT a.sequence FROM public.audit_about a
    WHERE a.thing_id = ANY ((SELECT sight.hidden('thing') || sight.hidden('gap') || sight.hidden('campaign'))::uuid[]) AND a.change_id = 0);
  PERFORM set_config('pentarch.hidden_events', result::text, true);
  RETURN result;
END $$;

-- Changes about them, of events that changed other things as well.
CREATE FUNCTION sight.changes_hidden() RETURNS bigint[] LANGUAGE plpgsql STABLE AS $$
DECLARE kept text := current_setting('pentarch.hidden_changes', true); result bigint[];
BEGIN
  IF kept <> '' THEN RETURN kept::bigint[]; END IF;
  result := ARRAY(SELECT DISTINCT a.change_id FROM public.audit_about a
    WHERE a.thing_id = ANY ((SELECT sight.hidden('thing') || sight.hidden('gap'))::uuid[]) AND a.change_id > 0);
  PERFORM set_config('pentarch.hidden_changes', result::text, true);
  RETURN result;
END $$;

-- What hidden agents and tools are called, as a text and as JSON write it.
CREATE FUNCTION sight.names_hidden() RETURNS text[] LANGUAGE plpgsql STABLE AS $$
DECLARE kept text := current_setting('pentarch.hidden_names', true); result text[];
BEGIN
  IF kept <> '' THEN RETURN kept::text[]; END IF;
  result := ARRAY(
    WITH called AS (
      SELECT a.id::text AS id, a.slug, a.name FROM public.agent a WHERE a.id = ANY ((SELECT sight.hidden('agent'))::uuid[])
      UNION ALL SELECT t.id::text, t.slug, t.name FROM public.tool t WHERE t.id = ANY ((SELECT sight.hidden('tool'))::uuid[]))
    SELECT id FROM called UNION SELECT slug FROM called UNION SELECT name FROM called
    UNION SELECT btrim(to_jsonb(name)::text, '"') FROM called);
  PERFORM set_config('pentarch.hidden_names', result::text, true);
  RETURN result;
END $$;

-- Whether a text that Pentarch wrote names one of them: as a whole word, for a slug may be a part of another.
CREATE FUNCTION sight.tells(value text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN value IS NOT NULL AND EXISTS (SELECT FROM unnest(sight.names_hidden()) n
    WHERE strpos(value, n) > 0
      AND value ~ ('(^|[^[:alnum:]_-])' || regexp_replace(n, '([^[:alnum:][:space:]])', '\\\1', 'g') || '($|[^[:alnum:]_-])'));
END $$;

-- A value without the elements of its lists that name one of them.
CREATE FUNCTION sight.untold(value jsonb) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN CASE
    WHEN value IS NULL OR NOT sight.tells(value::text) THEN value
    WHEN jsonb_typeof(value) = 'object' THEN (SELECT jsonb_object_agg(e.key, sight.untold(e.value)) FROM jsonb_each(value) e)
    WHEN jsonb_typeof(value) = 'array' THEN (SELECT COALESCE(jsonb_agg(e.value ORDER BY e.ordinality), '[]')
      FROM jsonb_array_elements(value) WITH ORDINALITY e WHERE NOT sight.tells(e.value::text))
    ELSE '""' END;
END $$;

-- Whether the document of a leaf is about one of them, or names one.
CREATE FUNCTION sight.leaf_hidden(event uuid, body text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN EXISTS (SELECT FROM public.audit_event e WHERE e.id = event AND e.sequence IN (SELECT unnest(sight.events_hidden())))
    OR sight.tells(body)
    OR EXISTS (SELECT FROM public.audit_change c WHERE c.event_id = event AND c.id IN (SELECT unnest(sight.changes_hidden())));
END $$;

-- Views -----------------------------------------------------------------------------------------------------------

-- What of a table is shown. In both texts x is the row, and {s} the schema that rows are taken from.
CREATE TABLE sight.shown (
  governed name PRIMARY KEY,
  condition text NOT NULL,
  -- Columns that are shown otherwise than they are.
  replaced jsonb NOT NULL DEFAULT '{}',
  -- The whole of the view, where it is no selection of rows: sums.
  definition text
);

CREATE FUNCTION sight.hide(governed name) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('DROP VIEW IF EXISTS visible.%1$I, visible_as_of.%1$I, visible_history.%1$I', governed);
END $$;

CREATE FUNCTION sight.show(governed name) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  shown sight.shown;
  source text;
  columns text;
BEGIN
  PERFORM sight.hide(governed);
  SELECT * INTO shown FROM sight.shown s WHERE s.governed = show.governed;
  IF NOT FOUND THEN RETURN; END IF;
  FOREACH source IN ARRAY ARRAY['public', 'as_of', 'history'] LOOP
    CONTINUE WHEN to_regclass(format('%I.%I', source, governed)) IS NULL;
    CONTINUE WHEN source = 'history' AND shown.definition IS NOT NULL;
    SELECT string_agg(CASE WHEN shown.replaced ? attname::text THEN format('%s AS %I', shown.replaced ->> attname::text, attname)
      ELSE format('x.%I', attname) END, ', ' ORDER BY attnum)
    INTO columns FROM pg_attribute
    WHERE attrelid = format('%I.%I', source, governed)::regclass AND attnum > 0 AND NOT attisdropped;
    EXECUTE replace(format('CREATE VIEW %I.%I AS %s',
      CASE source WHEN 'public' THEN 'visible' ELSE 'visible_' || source END, governed,
      COALESCE(shown.definition, format('SELECT %s FROM {s}.%I x WHERE %s', columns, governed, shown.condition))), '{s}', source);
  END LOOP;
END $$;

-- Views of what is visible stand on those of the past, and go and come with them.
ALTER FUNCTION history.let_go(name) RENAME TO let_go_as_of;
CREATE FUNCTION history.let_go(governed name) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM sight.hide(governed);
  PERFORM history.let_go_as_of(governed);
END $$;
CREATE OR REPLACE FUNCTION history.keep(governed name, immutable name[] DEFAULT '{}') RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM sight.hide(governed);
  PERFORM history.keep_rows(governed, immutable);
  PERFORM history.guard(governed);
  PERFORM sight.show(governed);
END $$;

-- A condition: the column names none of the hidden ones of a kind. The set is hashed once for a statement.
CREATE FUNCTION sight.spares(col text, kind text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT format('(x.%I IN (SELECT unnest(sight.hidden(%L)))) IS NOT TRUE', col, kind)
$$;

INSERT INTO sight.shown (governed, condition)
SELECT governed, string_agg(sight.spares(col, kind), ' AND ' ORDER BY col) FROM (VALUES
  ('agent'::name, 'id', 'agent'), ('tool', 'id', 'tool'),
  ('binding', 'agent_id', 'agent'), ('binding', 'tool_id', 'tool'),
  ('binding_search', 'binding_id', 'binding'), ('path_step', 'binding_id', 'binding'),
  ('delegation', 'from_agent_id', 'agent'), ('delegation', 'to_agent_id', 'agent'),
  ('assignment', 'agent_id', 'agent'), ('assignment', 'tool_id', 'tool'), ('assignment', 'binding_id', 'binding'),
  ('assignment_deputy', 'assignment_id', 'assignment'),
  ('succession', 'agent_id', 'agent'), ('succession', 'assignment_id', 'assignment'),
  ('effective_owner', 'binding_id', 'binding'),
  ('gap_binding', 'binding_id', 'binding'), ('gap_binding', 'gap_id', 'gap'),
  ('gap_event', 'gap_id', 'gap'), ('gap_comment', 'gap_id', 'gap'),
  ('gap_exception', 'id', 'exception'),
  ('contract', 'tool_id', 'tool'), ('attestation', 'tool_id', 'tool'),
  ('parity_run', 'tool_id', 'tool'), ('parity_answer', 'run_id', 'parity_run'),
  ('decision_sample', 'tool_id', 'tool'), ('decision_sample', 'agent_id', 'agent'),
  ('campaign_stage', 'campaign_id', 'campaign'),
  ('review_item', 'id', 'item'), ('item_reviewer', 'item_id', 'item'), ('review_decision', 'item_id', 'item'),
  ('review_challenge', 'item_id', 'item'), ('campaign_comment', 'item_id', 'item'), ('campaign_comment', 'campaign_id', 'campaign'),
  ('remediation', 'id', 'remediation'), ('remediation_event', 'remediation_id', 'remediation'),
  ('certification_event', 'agent_id', 'agent'), ('certification_event', 'tool_id', 'tool'), ('certification_event', 'binding_id', 'binding'),
  ('certification_event', 'campaign_id', 'campaign')
) AS s (governed, col, kind) GROUP BY governed;

-- A gap that touches a hidden binding among others counts only the others, and says so in words that name nothing.
INSERT INTO sight.shown (governed, condition, replaced) VALUES
  ('gap', sight.spares('id', 'gap'), jsonb_build_object(
    'affected', 'CASE WHEN x.id IN (SELECT unnest(sight.hidden(''gap_touched''))) THEN (SELECT count(*)::int FROM public.gap_binding g
      WHERE g.gap_id = x.id AND (g.binding_id IN (SELECT unnest(sight.hidden(''binding'')))) IS NOT TRUE) ELSE x.affected END',
    'explanation', 'CASE WHEN x.id IN (SELECT unnest(sight.hidden(''gap_touched''))) OR sight.tells(x.explanation)
      THEN ''It concerns '' || x.subject_slug || ''.'' ELSE x.explanation END')),
  ('campaign', sight.spares('id', 'campaign'), jsonb_build_object(
    'items', 'x.items - (SELECT count(*)::int FROM public.review_item i WHERE i.campaign_id = x.id AND i.id IN (SELECT unnest(sight.hidden(''item''))))',
    'items_ready', 'GREATEST(0, x.items_ready - (SELECT count(*)::int FROM public.review_item i WHERE i.campaign_id = x.id AND i.id IN (SELECT unnest(sight.hidden(''item'')))))',
    'items_applied', 'GREATEST(0, x.items_applied - (SELECT count(*)::int FROM public.review_item i WHERE i.campaign_id = x.id AND i.applied_at IS NOT NULL AND i.id IN (SELECT unnest(sight.hidden(''item'')))))')),
  ('campaign_template', 'NOT sight.tells(concat_ws('' '', x.name, x.description, x.definition::text))', '{}'),
  ('import_run', 'TRUE', jsonb_build_object('summary', 'sight.untold(x.summary)',
    'changes', 'sight.untold(x.changes)')),
  ('export_schedule', 'NOT sight.tells(x.view::text)', '{}'),
  ('mail', 'x.person_id IS NOT DISTINCT FROM sight.viewer() OR NOT sight.tells(x.text)', '{}'),
  -- An event about something else keeps to itself what it says of them.
  ('audit_event', '(x.sequence IN (SELECT unnest(sight.events_hidden()))) IS NOT TRUE', jsonb_build_object(
    'before', 'CASE WHEN sight.tells(x.before::text) THEN NULL ELSE x.before END',
    'after', 'CASE WHEN sight.tells(x.after::text) THEN NULL ELSE x.after END',
    'reason', 'CASE WHEN sight.tells(x.reason) THEN NULL ELSE x.reason END',
    'reason_committed', 'CASE WHEN sight.tells(public.audit_opened_text(x.id, x.reason_committed)) THEN NULL ELSE x.reason_committed END')),
  ('audit_change', '(x.id IN (SELECT unnest(sight.changes_hidden()))) IS NOT TRUE AND NOT sight.tells(concat_ws('' '', x.before::text, x.after::text))', '{}'),
  ('audit_about', sight.spares('thing_id', 'thing') || ' AND (x.sequence IN (SELECT unnest(sight.events_hidden()))) IS NOT TRUE
    AND (x.change_id IN (SELECT unnest(sight.changes_hidden()))) IS NOT TRUE', '{}'),
  ('audit_opening', 'NOT sight.tells(x.value::text)', '{}'),
  -- Leaves stay, for the tree is made of them: a hash says nothing of what it is of. Their documents do not.
  ('log_leaf', 'TRUE', jsonb_build_object(
    'body', 'CASE WHEN sight.leaf_hidden(x.event_id, x.body) THEN '''' ELSE x.body END'));

-- Counters without what is hidden: it is subtracted, for it is little.
INSERT INTO sight.shown (governed, condition, definition) VALUES
  ('cell_count', 'TRUE', 'SELECT state, risk, environment, layer, status, sum(cells)::int AS cells, max(recorded_at) AS recorded_at FROM (
    SELECT state, risk, environment, layer, status, cells, recorded_at FROM {s}.cell_count
    UNION ALL
    SELECT b.state, b.risk, b.environment, e.layer, e.status, -1, NULL
    FROM unnest(sight.hidden(''binding'')) h (id) JOIN {s}.binding b ON b.id = h.id JOIN {s}.effective_owner e ON e.binding_id = h.id
  ) c GROUP BY 1, 2, 3, 4, 5'),
  ('campaign_count', 'TRUE', 'SELECT campaign_id, stage, state, outcome, layer, risk, team_id, sum(items)::int AS items, max(recorded_at) AS recorded_at FROM (
    SELECT campaign_id, stage, state, outcome, layer, risk, team_id, items, recorded_at FROM {s}.campaign_count x WHERE '
      || sight.spares('campaign_id', 'campaign') || '
    UNION ALL
    SELECT i.campaign_id, i.stage, i.state, COALESCE(i.outcome::text, ''''), COALESCE(i.layer, ''''), i.risk,
      COALESCE(i.team_id, ''00000000-0000-0000-0000-000000000000''), -1, NULL
    FROM unnest(sight.hidden(''item'')) h (id) JOIN {s}.review_item i ON i.id = h.id
    WHERE (i.campaign_id IN (SELECT unnest(sight.hidden(''campaign'')))) IS NOT TRUE
  ) c GROUP BY 1, 2, 3, 4, 5, 6, 7'),
  ('reviewer_count', 'TRUE', 'SELECT campaign_id, stage, person_id, state, sum(items)::int AS items, max(recorded_at) AS recorded_at FROM (
    SELECT campaign_id, stage, person_id, state, items, recorded_at FROM {s}.reviewer_count x WHERE '
      || sight.spares('campaign_id', 'campaign') || '
    UNION ALL
    SELECT r.campaign_id, r.stage, r.person_id, r.state, -1, NULL
    FROM unnest(sight.hidden(''item'')) h (id) JOIN {s}.item_reviewer r ON r.item_id = h.id
    WHERE (r.campaign_id IN (SELECT unnest(sight.hidden(''campaign'')))) IS NOT TRUE
  ) c GROUP BY 1, 2, 3, 4'),
  ('decision_count', 'TRUE', 'SELECT campaign_id, stage, day, verdict, sum(decisions)::int AS decisions, max(recorded_at) AS recorded_at FROM (
    SELECT campaign_id, stage, day, verdict, decisions, recorded_at FROM {s}.decision_count x WHERE '
      || sight.spares('campaign_id', 'campaign') || '
    UNION ALL
    SELECT d.campaign_id, d.stage, (d.at AT TIME ZONE ''UTC'')::date, d.verdict, -1, NULL
    FROM unnest(sight.hidden(''item'')) h (id) JOIN {s}.review_decision d ON d.item_id = h.id AND d.undone_at IS NULL
    WHERE (d.campaign_id IN (SELECT unnest(sight.hidden(''campaign'')))) IS NOT TRUE
  ) c GROUP BY 1, 2, 3, 4');

SELECT sight.show(governed) FROM sight.shown;
