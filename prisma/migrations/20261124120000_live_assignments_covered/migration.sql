-- What Prisma cannot say: resolution looks live owners up by scope, subject and layer and needs no more than these
-- columns of them. An index that holds them all is the cheapest way; without it the exclusion constraint's looks as
-- cheap to the planner, and a look-up there takes twenty times as long.
DROP INDEX "assignment_live";
CREATE INDEX "assignment_live" ON "assignment" ("scope", "subject_id", "layer") INCLUDE ("id", "valid_from", "valid_to")
  WHERE "state" IN ('proposed', 'accepted');
