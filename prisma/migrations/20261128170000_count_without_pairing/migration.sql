-- Triggers on statements keep the plan of their first call, which saw a row or two: a join of old rows with new ones was
-- then done by nested loops for a hundred thousand as well. What left and what came is added up instead, which needs no join.

CREATE OR REPLACE FUNCTION "count_cells_of_changed_bindings"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "cell_count" AS c ("state", "risk", "environment", "layer", "status", "cells")
  SELECT m."state", m."risk", m."environment", e."layer", e."status", sum(m."cells")
  FROM (
    SELECT s."id", s."state", s."risk", s."environment", sum(s."cells") AS "cells" FROM (
      SELECT "id", "state", "risk", "environment", -1 AS "cells" FROM "old_binding"
      UNION ALL SELECT "id", "state", "risk", "environment", 1 FROM "new_binding"
    ) s GROUP BY 1, 2, 3, 4 HAVING sum(s."cells") <> 0
  ) m JOIN "effective_owner" e ON e."binding_id" = m."id" GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
  ON CONFLICT ("state", "risk", "environment", "layer", "status") DO UPDATE SET "cells" = c."cells" + EXCLUDED."cells";
  RETURN NULL;
END $$;

-- A decision that was taken back does not count any more; nothing else about one that counts ever changes.
CREATE OR REPLACE FUNCTION "count_decisions"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO "decision_count" AS k
    SELECT "campaign_id", "stage", ("at" AT TIME ZONE 'UTC')::date, "verdict", count(*) FROM "new_decision" GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT ("campaign_id", "stage", "day", "verdict") DO UPDATE SET "decisions" = k."decisions" + EXCLUDED."decisions";
  ELSE
    INSERT INTO "decision_count" AS k
    SELECT "campaign_id", "stage", ("at" AT TIME ZONE 'UTC')::date, "verdict", sum("decisions") FROM (
      SELECT "campaign_id", "stage", "at", "verdict", -1 AS "decisions" FROM "old_decision" WHERE "undone_at" IS NULL
      UNION ALL SELECT "campaign_id", "stage", "at", "verdict", 1 FROM "new_decision" WHERE "undone_at" IS NULL
    ) m GROUP BY 1, 2, 3, 4 HAVING sum("decisions") <> 0 ORDER BY 1, 2, 3, 4
    ON CONFLICT ("campaign_id", "stage", "day", "verdict") DO UPDATE SET "decisions" = k."decisions" + EXCLUDED."decisions";
  END IF;
  RETURN NULL;
END $$;
