-- Who has standing in what is restricted, in one statement each: a function called for every binding was most of the work.

CREATE OR REPLACE FUNCTION sight.agents_hidden() RETURNS uuid[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  me uuid := sight.viewer();
  teams uuid[] := sight.teams();
  chosen uuid[] := ARRAY(SELECT a.id FROM public.agent a WHERE a.restricted);
  seen uuid[];
BEGIN
  -- Nobody in particular has no standing.
  IF me IS NULL OR chosen = '{}' THEN RETURN chosen; END IF;
  seen := ARRAY(
    SELECT a.id FROM public.agent a WHERE a.id = ANY (chosen) AND a.sponsor_id = me
    UNION ALL
    SELECT s.agent_id FROM public.succession s WHERE s.agent_id = ANY (chosen) AND s.candidate_id = me AND s.state = 'open'
    UNION ALL
    SELECT n.agent_id FROM sight.named(me, teams) n WHERE n.agent_id = ANY (chosen)
    UNION ALL
    SELECT b.agent_id FROM sight.named(me, teams) n JOIN public.binding b ON b.id = n.binding_id
    WHERE b.agent_id = ANY (chosen) AND b.state <> 'revoked');
  IF teams <> '{}' THEN
    seen := seen || ARRAY(
      SELECT b.agent_id FROM public.binding b JOIN public.effective_owner e ON e.binding_id = b.id
      WHERE b.agent_id = ANY (chosen) AND b.state <> 'revoked' AND e.team_id = ANY (teams)
      UNION
      SELECT b.agent_id FROM public.binding b JOIN public.path_step w ON w.binding_id = b.id
      JOIN public.enforcement_point p ON p.id = w.point_id
      WHERE b.agent_id = ANY (chosen) AND b.state <> 'revoked' AND p.team_id = ANY (teams));
  END IF;
  RETURN ARRAY(SELECT unnest(chosen) EXCEPT SELECT unnest(seen));
END $$;

CREATE OR REPLACE FUNCTION sight.tools_hidden() RETURNS uuid[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  me uuid := sight.viewer();
  teams uuid[] := sight.teams();
  chosen uuid[] := ARRAY(SELECT t.id FROM public.tool t WHERE t.restricted);
  seen uuid[];
BEGIN
  IF me IS NULL OR chosen = '{}' THEN RETURN chosen; END IF;
  seen := ARRAY(
    SELECT n.tool_id FROM sight.named(me, teams) n WHERE n.tool_id = ANY (chosen)
    UNION ALL
    SELECT b.tool_id FROM sight.named(me, teams) n JOIN public.binding b ON b.id = n.binding_id
    WHERE b.tool_id = ANY (chosen) AND b.state <> 'revoked');
  IF teams <> '{}' THEN
    seen := seen || ARRAY(
      SELECT t.id FROM public.tool t JOIN public.enforcement_point p ON p.id = t.application_id
      WHERE t.id = ANY (chosen) AND p.team_id = ANY (teams)
      UNION
      SELECT b.tool_id FROM public.binding b JOIN public.effective_owner e ON e.binding_id = b.id
      WHERE b.tool_id = ANY (chosen) AND b.state <> 'revoked' AND e.team_id = ANY (teams)
      UNION
      SELECT b.tool_id FROM public.binding b JOIN public.path_step w ON w.binding_id = b.id
      JOIN public.enforcement_point p ON p.id = w.point_id
      WHERE b.tool_id = ANY (chosen) AND b.state <> 'revoked' AND p.team_id = ANY (teams));
  END IF;
  RETURN ARRAY(SELECT unnest(chosen) EXCEPT SELECT unnest(seen));
END $$;

-- The assignments that name somebody: as the team that owns, as who answers for it, as a deputy or as who is asked to succeed.
CREATE FUNCTION sight.named(me uuid, teams uuid[]) RETURNS SETOF public.assignment LANGUAGE sql STABLE AS $$
  SELECT s.* FROM public.assignment s WHERE s.state IN ('proposed', 'accepted') AND s.id IN (
    SELECT o.id FROM public.assignment o WHERE o.team_id = ANY (teams)
    UNION SELECT o.id FROM public.assignment o WHERE o.person_id = me
    UNION SELECT d.assignment_id FROM public.assignment_deputy d WHERE d.person_id = me
    UNION SELECT c.assignment_id FROM public.succession c WHERE c.candidate_id = me AND c.state = 'open')
$$;

DROP FUNCTION sight.is_named(public.assignment, uuid, uuid[]), sight.has_part_in(uuid, uuid, uuid[]);
