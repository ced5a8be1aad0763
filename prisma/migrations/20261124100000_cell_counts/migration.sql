-- The riskiest first, then by name: an index gives that order only when it has it.
DROP INDEX "binding_risk_slug_idx";
CREATE INDEX "binding_risk_slug_idx" ON "binding"("risk" DESC, "slug");

-- It was there to count by, and costs every write of a cell.
DROP INDEX "effective_owner_layer_status_idx";

-- CreateTable
CREATE TABLE "cell_count" (
    "state" "binding_state" NOT NULL,
    "risk" "risk_tier" NOT NULL,
    "environment" TEXT NOT NULL,
    "layer" TEXT NOT NULL,
    "status" "owner_status" NOT NULL,
    "cells" INTEGER NOT NULL,

    CONSTRAINT "cell_count_pkey" PRIMARY KEY ("state","risk","environment","layer","status")
);

-- What Prisma cannot say ------------------------------------------------------------------------------------------
-- Whoever writes cells, or what of a binding they are counted by, moves the counters in the same statement. Rows are
-- touched in the order of the key, so that two writers wait for each other instead of dead-locking.

CREATE FUNCTION "count_new_cells"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "cell_count" AS c ("state", "risk", "environment", "layer", "status", "cells")
  SELECT b."state", b."risk", b."environment", n."layer", n."status", count(*)
  FROM "new_cell" n JOIN "binding" b ON b."id" = n."binding_id" GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
  ON CONFLICT ("state", "risk", "environment", "layer", "status") DO UPDATE SET "cells" = c."cells" + EXCLUDED."cells";
  RETURN NULL;
END $$;

CREATE FUNCTION "count_changed_cells"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "cell_count" AS c ("state", "risk", "environment", "layer", "status", "cells")
  SELECT b."state", b."risk", b."environment", m."layer", m."status", sum(m."cells")
  FROM (
    SELECT "binding_id", "layer", "status", 1 AS "cells" FROM "new_cell"
    UNION ALL SELECT "binding_id", "layer", "status", -1 FROM "old_cell"
  ) m JOIN "binding" b ON b."id" = m."binding_id" GROUP BY 1, 2, 3, 4, 5 HAVING sum(m."cells") <> 0 ORDER BY 1, 2, 3, 4, 5
  ON CONFLICT ("state", "risk", "environment", "layer", "status") DO UPDATE SET "cells" = c."cells" + EXCLUDED."cells";
  RETURN NULL;
END $$;

CREATE FUNCTION "count_removed_cells"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "cell_count" AS c ("state", "risk", "environment", "layer", "status", "cells")
  SELECT b."state", b."risk", b."environment", o."layer", o."status", -count(*)
  FROM "old_cell" o JOIN "binding" b ON b."id" = o."binding_id" GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
  ON CONFLICT ("state", "risk", "environment", "layer", "status") DO UPDATE SET "cells" = c."cells" + EXCLUDED."cells";
  RETURN NULL;
END $$;

CREATE FUNCTION "count_cells_of_changed_bindings"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "cell_count" AS c ("state", "risk", "environment", "layer", "status", "cells")
  SELECT m."state", m."risk", m."environment", e."layer", e."status", sum(m."cells")
  FROM (
    SELECT o."id", s.* FROM "old_binding" o JOIN "new_binding" n ON n."id" = o."id"
    CROSS JOIN LATERAL (VALUES (o."state", o."risk", o."environment", -1), (n."state", n."risk", n."environment", 1))
      AS s("state", "risk", "environment", "cells")
    WHERE (o."state", o."risk", o."environment") IS DISTINCT FROM (n."state", n."risk", n."environment")
  ) m JOIN "effective_owner" e ON e."binding_id" = m."id" GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
  ON CONFLICT ("state", "risk", "environment", "layer", "status") DO UPDATE SET "cells" = c."cells" + EXCLUDED."cells";
  RETURN NULL;
END $$;

-- A cascade would come when the binding, and with it what its cells are counted by, is gone.
CREATE FUNCTION "remove_cells_of_binding"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "effective_owner" WHERE "binding_id" = OLD."id";
  RETURN OLD;
END $$;

CREATE TRIGGER "effective_owner_count_new" AFTER INSERT ON "effective_owner"
  REFERENCING NEW TABLE AS "new_cell" FOR EACH STATEMENT EXECUTE FUNCTION "count_new_cells"();
CREATE TRIGGER "effective_owner_count_changed" AFTER UPDATE ON "effective_owner"
  REFERENCING OLD TABLE AS "old_cell" NEW TABLE AS "new_cell" FOR EACH STATEMENT EXECUTE FUNCTION "count_changed_cells"();
CREATE TRIGGER "effective_owner_count_removed" AFTER DELETE ON "effective_owner"
  REFERENCING OLD TABLE AS "old_cell" FOR EACH STATEMENT EXECUTE FUNCTION "count_removed_cells"();
CREATE TRIGGER "binding_count_changed" AFTER UPDATE ON "binding"
  REFERENCING OLD TABLE AS "old_binding" NEW TABLE AS "new_binding" FOR EACH STATEMENT
  EXECUTE FUNCTION "count_cells_of_changed_bindings"();
CREATE TRIGGER "binding_remove_cells" BEFORE DELETE ON "binding"
  FOR EACH ROW EXECUTE FUNCTION "remove_cells_of_binding"();

INSERT INTO "cell_count" ("state", "risk", "environment", "layer", "status", "cells")
SELECT b."state", b."risk", b."environment", e."layer", e."status", count(*)
FROM "effective_owner" e JOIN "binding" b ON b."id" = e."binding_id" GROUP BY 1, 2, 3, 4, 5;
