-- An item is open from the start: how many have been asked about is kept with the campaign (`items_ready`), so that asking
-- rewrites no item. Campaigns that are being launched begin again.
DELETE FROM "review_item" WHERE "campaign_id" IN (SELECT "id" FROM "campaign" WHERE "state" = 'launching');
DELETE FROM "campaign_count" WHERE "campaign_id" IN (SELECT "id" FROM "campaign" WHERE "state" = 'launching');
DELETE FROM "reviewer_count" WHERE "campaign_id" IN (SELECT "id" FROM "campaign" WHERE "state" = 'launching');
UPDATE "campaign" SET "pictured_at" = NULL, "items" = 0, "items_ready" = 0 WHERE "state" = 'launching';
DELETE FROM "campaign_count" WHERE "state" = 'waiting';

SELECT history.let_go('review_item'), history.let_go('campaign_count');
ALTER TABLE "review_item" DROP CONSTRAINT "review_item_outcome_when_answered", DROP CONSTRAINT "review_item_applied_at",
  ALTER COLUMN "state" DROP DEFAULT;

-- AlterEnum
ALTER TYPE "review_item_state" RENAME TO "review_item_state_old";
CREATE TYPE "review_item_state" AS ENUM ('open', 'answered', 'settled', 'contested', 'applied', 'withdrawn');
ALTER TABLE "review_item" ALTER COLUMN "state" TYPE "review_item_state" USING "state"::text::"review_item_state";
ALTER TABLE "campaign_count" ALTER COLUMN "state" TYPE "review_item_state" USING "state"::text::"review_item_state";
-- Of the past, what waited is shown as open too.
ALTER TABLE history."review_item" ALTER COLUMN "state" TYPE "review_item_state"
  USING (CASE "state"::text WHEN 'waiting' THEN 'open' ELSE "state"::text END)::"review_item_state";
ALTER TABLE history."campaign_count" ALTER COLUMN "state" TYPE "review_item_state"
  USING (CASE "state"::text WHEN 'waiting' THEN 'open' ELSE "state"::text END)::"review_item_state";
DROP TYPE "review_item_state_old";

ALTER TABLE "review_item" ALTER COLUMN "state" SET DEFAULT 'open',
  ADD CONSTRAINT "review_item_outcome_when_answered" CHECK ("outcome" IS NOT NULL OR "state" IN ('open', 'withdrawn')),
  ADD CONSTRAINT "review_item_applied_at" CHECK (("applied_at" IS NOT NULL) = ("state" = 'applied'));
SELECT history.keep('review_item', ARRAY['picture']), history.keep('campaign_count');

CREATE OR REPLACE FUNCTION "check_new_decisions"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wrong record;
BEGIN
  SELECT n."id", c."state" AS "campaign_state", i."state" AS "item_state", c."stage" AS "stage" INTO wrong
  FROM "new_decision" n JOIN "review_item" i ON i."id" = n."item_id" JOIN "campaign" c ON c."id" = n."campaign_id"
  WHERE i."campaign_id" <> n."campaign_id" OR c."state" NOT IN ('running', 'settled') OR i."stage" <> n."stage"
    OR i."state" IN ('applied', 'withdrawn')
  LIMIT 1;
  IF FOUND THEN RAISE EXCEPTION 'review_decision_too_late' USING ERRCODE = 'check_violation'; END IF;
  SELECT n."id" INTO wrong
  FROM "new_decision" n JOIN "review_item" i ON i."id" = n."item_id" JOIN "campaign" c ON c."id" = n."campaign_id"
  WHERE n."verdict" IN ('certify', 'reassign', 'revoke') AND i."accountable_id" = n."person_id"
    AND COALESCE(c."definition" ->> 'selfReview', 'false') <> 'true'
  LIMIT 1;
  IF FOUND THEN RAISE EXCEPTION 'review_decision_of_oneself' USING ERRCODE = 'check_violation'; END IF;
  RETURN NULL;
END $$;
