-- CreateEnum
CREATE TYPE "campaign_kind" AS ENUM ('ownership', 'access');

-- CreateEnum
CREATE TYPE "campaign_state" AS ENUM ('draft', 'scheduled', 'launching', 'running', 'settled', 'closing', 'closed', 'stopped');

-- CreateEnum
CREATE TYPE "campaign_trigger" AS ENUM ('hand', 'schedule', 'cadence', 'event', 'reiteration');

-- CreateEnum
CREATE TYPE "campaign_launch" AS ENUM ('hand', 'recurring', 'cadence', 'event');

-- CreateEnum
CREATE TYPE "review_item_state" AS ENUM ('waiting', 'open', 'answered', 'settled', 'contested', 'applied', 'withdrawn');

-- CreateEnum
CREATE TYPE "review_outcome" AS ENUM ('certify', 'reassign', 'revoke', 'no_response');

-- CreateEnum
CREATE TYPE "review_standing" AS ENUM ('new', 'changed', 'unchanged', 'unknown');

-- CreateEnum
CREATE TYPE "review_verdict" AS ENUM ('certify', 'reassign', 'revoke', 'not_mine', 'defer');

-- CreateEnum
CREATE TYPE "reviewer_reason" AS ENUM ('layer_lead', 'accountable', 'sponsor', 'manager', 'team', 'person', 'governance_lead', 'campaign_owner', 'escalation', 'handed_over', 'named');

-- CreateEnum
CREATE TYPE "item_reviewer_state" AS ENUM ('open', 'answered', 'passed_on', 'lapsed');

-- CreateEnum
CREATE TYPE "challenge_state" AS ENUM ('open', 'upheld', 'overturned');

-- CreateEnum
CREATE TYPE "remediation_state" AS ENUM ('open', 'evidenced', 'verified', 'reopened', 'cancelled');

-- CreateEnum
CREATE TYPE "remediation_source" AS ENUM ('person', 'import', 'decision_log', 'campaign');

-- CreateEnum
CREATE TYPE "certification_event_kind" AS ENUM ('owner_left', 'privileges_widened', 'risk_raised', 'independent_privileges_gained', 'chain_extended');

-- CreateEnum
CREATE TYPE "mail_state" AS ENUM ('queued', 'sent', 'kept', 'cancelled', 'failed');

-- AlterTable
ALTER TABLE "person" ADD COLUMN     "time_zone" TEXT;

-- AlterTable
ALTER TABLE "binding" ADD COLUMN     "certification_lost_at" TIMESTAMPTZ(3),
ADD COLUMN     "certified_by" TEXT,
ADD COLUMN     "certified_item_id" UUID,
ADD COLUMN     "remediation_due_at" TIMESTAMPTZ(3),
ADD COLUMN     "unanswered_at" TIMESTAMPTZ(3),
ADD COLUMN     "unanswered_in" TEXT;

-- AlterTable
ALTER TABLE "assignment" ADD COLUMN     "certified_at" TIMESTAMPTZ(3),
ADD COLUMN     "certified_by" TEXT,
ADD COLUMN     "certified_item_id" UUID,
ADD COLUMN     "unanswered_at" TIMESTAMPTZ(3),
ADD COLUMN     "unanswered_in" TEXT;

-- CreateTable
CREATE TABLE "campaign_template" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "kind" "campaign_kind" NOT NULL,
    "definition" JSONB NOT NULL,
    "launch" "campaign_launch" NOT NULL DEFAULT 'hand',
    "schedule" JSONB,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "next_on" DATE,
    "next_at" TIMESTAMPTZ(3),
    "owner_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "campaign_template_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "kind" "campaign_kind" NOT NULL,
    "state" "campaign_state" NOT NULL DEFAULT 'draft',
    "trigger" "campaign_trigger" NOT NULL DEFAULT 'hand',
    "because" TEXT,
    "definition" JSONB NOT NULL,
    "template_id" UUID,
    "occurrence" TEXT,
    "parent_id" UUID,
    "owner_id" UUID,
    "owner_name" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3),
    "pictured_at" TIMESTAMPTZ(3),
    "launched_at" TIMESTAMPTZ(3),
    "stage" INTEGER NOT NULL DEFAULT 0,
    "challenge_ends_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "ended_reason" TEXT,
    "trouble" TEXT,
    "items" INTEGER NOT NULL DEFAULT 0,
    "items_ready" INTEGER NOT NULL DEFAULT 0,
    "items_applied" INTEGER NOT NULL DEFAULT 0,
    "attestation" TEXT,
    "signed_by_id" UUID,
    "signed_by" TEXT,
    "signed_at" TIMESTAMPTZ(3),
    "report_digest" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "campaign_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign_stage" (
    "campaign_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "due_on" DATE NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "extended" BOOLEAN NOT NULL DEFAULT false,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "campaign_stage_pkey" PRIMARY KEY ("campaign_id","number")
);

-- CreateTable
CREATE TABLE "review_item" (
    "id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "binding_id" UUID,
    "assignment_id" UUID,
    "subject_slug" TEXT NOT NULL,
    "agent_id" UUID,
    "agent_slug" TEXT,
    "tool_id" UUID,
    "tool_slug" TEXT,
    "layer" TEXT,
    "risk" "risk_tier" NOT NULL,
    "team_id" UUID,
    "accountable_id" UUID,
    "stage" INTEGER NOT NULL DEFAULT 1,
    "state" "review_item_state" NOT NULL DEFAULT 'waiting',
    "outcome" "review_outcome",
    "standing" "review_standing" NOT NULL,
    "previous_item_id" UUID,
    "picture" JSONB NOT NULL,
    "escalations" INTEGER NOT NULL DEFAULT 0,
    "deferred_until" TIMESTAMPTZ(3),
    "was_deferred" BOOLEAN NOT NULL DEFAULT false,
    "second_look" TEXT,
    "applied_at" TIMESTAMPTZ(3),
    "not_applied" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "review_item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "item_reviewer" (
    "item_id" UUID NOT NULL,
    "stage" INTEGER NOT NULL,
    "person_id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "because" "reviewer_reason" NOT NULL,
    "is_fallback" BOOLEAN NOT NULL DEFAULT false,
    "state" "item_reviewer_state" NOT NULL DEFAULT 'open',
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "note" TEXT,

    CONSTRAINT "item_reviewer_pkey" PRIMARY KEY ("item_id","stage","person_id")
);

-- CreateTable
CREATE TABLE "review_decision" (
    "id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "stage" INTEGER NOT NULL,
    "person_id" UUID,
    "person_name" TEXT NOT NULL,
    "for_person_id" UUID,
    "account_id" UUID,
    "verdict" "review_verdict" NOT NULL,
    "comment" TEXT,
    "to_team_id" UUID,
    "to_person_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "looked_ms" INTEGER,
    "batch_id" UUID NOT NULL,
    "batch_size" INTEGER NOT NULL,
    "seen" JSONB NOT NULL,
    "undone_at" TIMESTAMPTZ(3),
    "undone_by" TEXT,
    "undone_reason" TEXT,

    CONSTRAINT "review_decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "review_challenge" (
    "id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "person_name" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "state" "challenge_state" NOT NULL DEFAULT 'open',
    "decided_at" TIMESTAMPTZ(3),
    "decided_by" TEXT,
    "note" TEXT,

    CONSTRAINT "review_challenge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "review_handover" (
    "id" UUID NOT NULL,
    "from_person_id" UUID NOT NULL,
    "to_person_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,

    CONSTRAINT "review_handover_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign_comment" (
    "id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "item_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "account_id" UUID,
    "author_name" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "campaign_comment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "remediation" (
    "id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "binding_id" UUID NOT NULL,
    "binding_slug" TEXT NOT NULL,
    "team_id" UUID,
    "assignee_id" UUID,
    "state" "remediation_state" NOT NULL DEFAULT 'open',
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "verified_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "remediation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "remediation_event" (
    "id" UUID NOT NULL,
    "remediation_id" UUID NOT NULL,
    "from_state" "remediation_state",
    "to_state" "remediation_state" NOT NULL,
    "source" "remediation_source" NOT NULL,
    "by" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "link" TEXT,
    "about_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "remediation_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "certification_event" (
    "id" BIGSERIAL NOT NULL,
    "kind" "certification_event_kind" NOT NULL,
    "person_id" UUID,
    "binding_id" UUID,
    "tool_id" UUID,
    "agent_id" UUID,
    "before" TEXT,
    "after" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "handled_at" TIMESTAMPTZ(3),
    "campaign_id" UUID,

    CONSTRAINT "certification_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign_count" (
    "campaign_id" UUID NOT NULL,
    "stage" INTEGER NOT NULL,
    "state" "review_item_state" NOT NULL,
    "outcome" TEXT NOT NULL,
    "layer" TEXT NOT NULL,
    "risk" "risk_tier" NOT NULL,
    "team_id" UUID NOT NULL,
    "items" INTEGER NOT NULL,

    CONSTRAINT "campaign_count_pkey" PRIMARY KEY ("campaign_id","stage","state","outcome","layer","risk","team_id")
);

-- CreateTable
CREATE TABLE "reviewer_count" (
    "campaign_id" UUID NOT NULL,
    "stage" INTEGER NOT NULL,
    "person_id" UUID NOT NULL,
    "state" "item_reviewer_state" NOT NULL,
    "items" INTEGER NOT NULL,

    CONSTRAINT "reviewer_count_pkey" PRIMARY KEY ("campaign_id","stage","person_id","state")
);

-- CreateTable
CREATE TABLE "decision_count" (
    "campaign_id" UUID NOT NULL,
    "stage" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "verdict" "review_verdict" NOT NULL,
    "decisions" INTEGER NOT NULL,

    CONSTRAINT "decision_count_pkey" PRIMARY KEY ("campaign_id","stage","day","verdict")
);

-- CreateTable
CREATE TABLE "mail" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "address" TEXT,
    "subject" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "state" "mail_state" NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "error" TEXT,

    CONSTRAINT "mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "calendar_feed" (
    "person_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_read_at" TIMESTAMPTZ(3),

    CONSTRAINT "calendar_feed_pkey" PRIMARY KEY ("person_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "campaign_template_slug_key" ON "campaign_template"("slug");

-- CreateIndex
CREATE INDEX "campaign_template_enabled_next_at_idx" ON "campaign_template"("enabled", "next_at");

-- CreateIndex
CREATE UNIQUE INDEX "campaign_slug_key" ON "campaign"("slug");

-- CreateIndex
CREATE INDEX "campaign_state_starts_at_idx" ON "campaign"("state", "starts_at");

-- CreateIndex
CREATE INDEX "campaign_created_at_id_idx" ON "campaign"("created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "campaign_parent_id_idx" ON "campaign"("parent_id");

-- CreateIndex
CREATE UNIQUE INDEX "campaign_template_id_occurrence_key" ON "campaign"("template_id", "occurrence");

-- CreateIndex
CREATE INDEX "review_item_campaign_id_state_id_idx" ON "review_item"("campaign_id", "state", "id");

-- CreateIndex
CREATE INDEX "review_item_campaign_id_subject_slug_id_idx" ON "review_item"("campaign_id", "subject_slug", "id");

-- CreateIndex
CREATE INDEX "review_item_binding_id_idx" ON "review_item"("binding_id");

-- CreateIndex
CREATE INDEX "review_item_assignment_id_idx" ON "review_item"("assignment_id");

-- CreateIndex
CREATE INDEX "item_reviewer_person_id_state_item_id_idx" ON "item_reviewer"("person_id", "state", "item_id");

-- CreateIndex
CREATE INDEX "item_reviewer_campaign_id_stage_person_id_idx" ON "item_reviewer"("campaign_id", "stage", "person_id");

-- CreateIndex
CREATE INDEX "review_decision_item_id_at_idx" ON "review_decision"("item_id", "at");

-- CreateIndex
CREATE INDEX "review_decision_campaign_id_person_id_at_idx" ON "review_decision"("campaign_id", "person_id", "at");

-- CreateIndex
CREATE INDEX "review_decision_batch_id_idx" ON "review_decision"("batch_id");

-- CreateIndex
CREATE INDEX "review_challenge_campaign_id_state_idx" ON "review_challenge"("campaign_id", "state");

-- CreateIndex
CREATE INDEX "review_challenge_item_id_idx" ON "review_challenge"("item_id");

-- CreateIndex
CREATE INDEX "review_handover_from_person_id_ends_at_idx" ON "review_handover"("from_person_id", "ends_at");

-- CreateIndex
CREATE INDEX "review_handover_to_person_id_ends_at_idx" ON "review_handover"("to_person_id", "ends_at");

-- CreateIndex
CREATE INDEX "campaign_comment_campaign_id_at_idx" ON "campaign_comment"("campaign_id", "at");

-- CreateIndex
CREATE INDEX "campaign_comment_item_id_at_idx" ON "campaign_comment"("item_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "remediation_item_id_key" ON "remediation"("item_id");

-- CreateIndex
CREATE INDEX "remediation_state_due_at_id_idx" ON "remediation"("state", "due_at", "id");

-- CreateIndex
CREATE INDEX "remediation_binding_id_idx" ON "remediation"("binding_id");

-- CreateIndex
CREATE INDEX "remediation_assignee_id_state_idx" ON "remediation"("assignee_id", "state");

-- CreateIndex
CREATE INDEX "remediation_campaign_id_idx" ON "remediation"("campaign_id");

-- CreateIndex
CREATE INDEX "remediation_event_remediation_id_received_at_idx" ON "remediation_event"("remediation_id", "received_at");

-- CreateIndex
CREATE INDEX "certification_event_campaign_id_idx" ON "certification_event"("campaign_id");

-- CreateIndex
CREATE INDEX "reviewer_count_person_id_state_idx" ON "reviewer_count"("person_id", "state");

-- CreateIndex
CREATE INDEX "mail_state_next_attempt_at_idx" ON "mail"("state", "next_attempt_at");

-- CreateIndex
CREATE INDEX "mail_person_id_created_at_idx" ON "mail"("person_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "mail_created_at_id_idx" ON "mail"("created_at" DESC, "id");

-- CreateIndex
CREATE UNIQUE INDEX "mail_person_id_day_kind_key" ON "mail"("person_id", "day", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "calendar_feed_token_hash_key" ON "calendar_feed"("token_hash");

-- AddForeignKey
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_template_id_fkey" FOREIGN KEY ("template_id") REFERENCES "campaign_template"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "campaign"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_stage" ADD CONSTRAINT "campaign_stage_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_item" ADD CONSTRAINT "review_item_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_reviewer" ADD CONSTRAINT "item_reviewer_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "review_item"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_decision" ADD CONSTRAINT "review_decision_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "review_item"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_challenge" ADD CONSTRAINT "review_challenge_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "review_item"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_comment" ADD CONSTRAINT "campaign_comment_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "remediation" ADD CONSTRAINT "remediation_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "review_item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "remediation_event" ADD CONSTRAINT "remediation_event_remediation_id_fkey" FOREIGN KEY ("remediation_id") REFERENCES "remediation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot say ------------------------------------------------------------------------------------------

ALTER TABLE "review_item" ADD CONSTRAINT "review_item_one_subject"
  CHECK (("binding_id" IS NULL) <> ("assignment_id" IS NULL)),
  ADD CONSTRAINT "review_item_outcome_when_answered"
  CHECK ("outcome" IS NOT NULL OR "state" IN ('waiting', 'open', 'withdrawn')),
  ADD CONSTRAINT "review_item_applied_at" CHECK (("applied_at" IS NOT NULL) = ("state" = 'applied'));
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_ended" CHECK (("ended_at" IS NOT NULL) = ("state" IN ('closed', 'stopped'))),
  ADD CONSTRAINT "campaign_signed_after_end" CHECK ("signed_at" IS NULL OR "state" IN ('closed', 'stopped'));
ALTER TABLE "campaign_stage" ADD CONSTRAINT "campaign_stage_number" CHECK ("number" BETWEEN 1 AND 3);
ALTER TABLE "review_handover" ADD CONSTRAINT "review_handover_range" CHECK ("starts_at" < "ends_at"),
  ADD CONSTRAINT "review_handover_to_somebody_else" CHECK ("from_person_id" <> "to_person_id"),
  ADD CONSTRAINT "review_handover_no_overlap" EXCLUDE USING gist (
    "from_person_id" WITH =, tstzrange("starts_at", "ends_at") WITH &&
  );

-- An item is asked about once in a campaign, and answered once in a stage, whoever is quicker.
CREATE UNIQUE INDEX "review_item_binding_once" ON "review_item" ("campaign_id", "binding_id") WHERE "binding_id" IS NOT NULL;
CREATE UNIQUE INDEX "review_item_assignment_once" ON "review_item" ("campaign_id", "assignment_id") WHERE "assignment_id" IS NOT NULL;
CREATE UNIQUE INDEX "review_decision_standing" ON "review_decision" ("item_id", "stage")
  WHERE "undone_at" IS NULL AND "verdict" IN ('certify', 'reassign', 'revoke');
CREATE UNIQUE INDEX "review_challenge_one_open" ON "review_challenge" ("item_id") WHERE "state" = 'open';
CREATE INDEX "certification_event_waiting" ON "certification_event" ("id") WHERE "handled_at" IS NULL;
CREATE INDEX "binding_remediation_due" ON "binding" ("remediation_due_at") WHERE "remediation_due_at" IS NOT NULL;

-- Decisions are kept for good, made while the stage runs, and never by whoever answers for the thing themselves,
-- unless the campaign says that they may.
CREATE FUNCTION "check_new_decisions"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wrong record;
BEGIN
  SELECT n."id", c."state" AS "campaign_state", i."state" AS "item_state", c."stage" AS "stage" INTO wrong
  FROM "new_decision" n JOIN "review_item" i ON i."id" = n."item_id" JOIN "campaign" c ON c."id" = n."campaign_id"
  WHERE i."campaign_id" <> n."campaign_id" OR c."state" NOT IN ('running', 'settled') OR i."stage" <> n."stage"
    OR i."state" IN ('waiting', 'applied', 'withdrawn')
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
CREATE TRIGGER "review_decision_allowed" AFTER INSERT ON "review_decision"
  REFERENCING NEW TABLE AS "new_decision" FOR EACH STATEMENT EXECUTE FUNCTION "check_new_decisions"();

CREATE FUNCTION "keep_decision"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."undone_at" IS NOT NULL OR (to_jsonb(NEW) - '{undone_at,undone_by,undone_reason}'::text[])
      <> (to_jsonb(OLD) - '{undone_at,undone_by,undone_reason}'::text[]) THEN
    RAISE EXCEPTION 'A decision is kept as it was made' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "review_decision_kept" BEFORE UPDATE ON "review_decision" FOR EACH ROW EXECUTE FUNCTION "keep_decision"();

-- Counters, moved in the statement that moves what they count. Keys in order, so that two writers wait for each other
-- instead of dead-locking.
CREATE FUNCTION "count_review_items"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE nobody CONSTANT uuid := '00000000-0000-0000-0000-000000000000';
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO "campaign_count" AS k
    SELECT "campaign_id", "stage", "state", COALESCE("outcome"::text, ''), COALESCE("layer", ''), "risk", COALESCE("team_id", nobody), count(*)
    FROM "new_item" GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5, 6, 7
    ON CONFLICT ("campaign_id", "stage", "state", "outcome", "layer", "risk", "team_id") DO UPDATE SET "items" = k."items" + EXCLUDED."items";
  ELSE
    INSERT INTO "campaign_count" AS k
    SELECT "campaign_id", "stage", "state", "outcome", "layer", "risk", "team_id", sum("items") FROM (
      SELECT "campaign_id", "stage", "state", COALESCE("outcome"::text, '') AS "outcome", COALESCE("layer", '') AS "layer", "risk", COALESCE("team_id", nobody) AS "team_id", 1 AS "items" FROM "new_item"
      UNION ALL
      SELECT "campaign_id", "stage", "state", COALESCE("outcome"::text, ''), COALESCE("layer", ''), "risk", COALESCE("team_id", nobody), -1 FROM "old_item"
    ) m GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum("items") <> 0 ORDER BY 1, 2, 3, 4, 5, 6, 7
    ON CONFLICT ("campaign_id", "stage", "state", "outcome", "layer", "risk", "team_id") DO UPDATE SET "items" = k."items" + EXCLUDED."items";
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "review_item_count_new" AFTER INSERT ON "review_item"
  REFERENCING NEW TABLE AS "new_item" FOR EACH STATEMENT EXECUTE FUNCTION "count_review_items"();
CREATE TRIGGER "review_item_count_changed" AFTER UPDATE ON "review_item"
  REFERENCING OLD TABLE AS "old_item" NEW TABLE AS "new_item" FOR EACH STATEMENT EXECUTE FUNCTION "count_review_items"();

CREATE FUNCTION "count_reviewers"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO "reviewer_count" AS k
    SELECT "campaign_id", "stage", "person_id", "state", count(*) FROM "new_reviewer" GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT ("campaign_id", "stage", "person_id", "state") DO UPDATE SET "items" = k."items" + EXCLUDED."items";
  ELSE
    INSERT INTO "reviewer_count" AS k
    SELECT "campaign_id", "stage", "person_id", "state", sum("items") FROM (
      SELECT "campaign_id", "stage", "person_id", "state", 1 AS "items" FROM "new_reviewer"
      UNION ALL SELECT "campaign_id", "stage", "person_id", "state", -1 FROM "old_reviewer"
    ) m GROUP BY 1, 2, 3, 4 HAVING sum("items") <> 0 ORDER BY 1, 2, 3, 4
    ON CONFLICT ("campaign_id", "stage", "person_id", "state") DO UPDATE SET "items" = k."items" + EXCLUDED."items";
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "item_reviewer_count_new" AFTER INSERT ON "item_reviewer"
  REFERENCING NEW TABLE AS "new_reviewer" FOR EACH STATEMENT EXECUTE FUNCTION "count_reviewers"();
CREATE TRIGGER "item_reviewer_count_changed" AFTER UPDATE ON "item_reviewer"
  REFERENCING OLD TABLE AS "old_reviewer" NEW TABLE AS "new_reviewer" FOR EACH STATEMENT EXECUTE FUNCTION "count_reviewers"();

CREATE FUNCTION "count_decisions"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO "decision_count" AS k
    SELECT "campaign_id", "stage", ("at" AT TIME ZONE 'UTC')::date, "verdict", count(*) FROM "new_decision" GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT ("campaign_id", "stage", "day", "verdict") DO UPDATE SET "decisions" = k."decisions" + EXCLUDED."decisions";
  ELSE
    INSERT INTO "decision_count" AS k
    SELECT n."campaign_id", n."stage", (n."at" AT TIME ZONE 'UTC')::date, n."verdict", -count(*)
    FROM "new_decision" n JOIN "old_decision" o ON o."id" = n."id" WHERE o."undone_at" IS NULL AND n."undone_at" IS NOT NULL
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT ("campaign_id", "stage", "day", "verdict") DO UPDATE SET "decisions" = k."decisions" + EXCLUDED."decisions";
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "review_decision_count_new" AFTER INSERT ON "review_decision"
  REFERENCING NEW TABLE AS "new_decision" FOR EACH STATEMENT EXECUTE FUNCTION "count_decisions"();
CREATE TRIGGER "review_decision_count_undone" AFTER UPDATE ON "review_decision"
  REFERENCING OLD TABLE AS "old_decision" NEW TABLE AS "new_decision" FOR EACH STATEMENT EXECUTE FUNCTION "count_decisions"();

-- What takes a certification away is noted whoever does it and by whichever door, and costs nothing otherwise.
CREATE FUNCTION "note_person_left"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "certification_event" ("kind", "person_id", "before", "after", "at")
  VALUES ('owner_left', NEW."id", OLD."status"::text, NEW."status"::text, NEW."updated_at");
  RETURN NULL;
END $$;
CREATE TRIGGER "person_left" AFTER UPDATE OF "status" ON "person" FOR EACH ROW
  WHEN (OLD."status" = 'active' AND NEW."status" = 'left') EXECUTE FUNCTION "note_person_left"();

CREATE FUNCTION "note_risk_raised"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "certification_event" ("kind", "binding_id", "before", "after", "at")
  VALUES ('risk_raised', NEW."id", OLD."risk"::text, NEW."risk"::text, NEW."updated_at");
  RETURN NULL;
END $$;
CREATE TRIGGER "binding_risk_raised" AFTER UPDATE OF "risk" ON "binding" FOR EACH ROW
  WHEN (NEW."state" = 'active' AND OLD."state" = 'active' AND NEW."risk" > OLD."risk") EXECUTE FUNCTION "note_risk_raised"();

CREATE FUNCTION "note_privileges_widened"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "certification_event" ("kind", "binding_id", "before", "after", "at")
  VALUES ('privileges_widened', NEW."id",
    array_to_string(OLD."actions", ', ') || CASE WHEN OLD."boundary" IS NOT NULL THEN ' within ' || OLD."boundary" ELSE '' END || ', ' || OLD."credential_type",
    array_to_string(NEW."actions", ', ') || CASE WHEN NEW."boundary" IS NOT NULL THEN ' within ' || NEW."boundary" ELSE '' END || ', ' || NEW."credential_type",
    NEW."updated_at");
  RETURN NULL;
END $$;
CREATE TRIGGER "binding_privileges_widened" AFTER UPDATE OF "actions", "boundary", "credential_type" ON "binding" FOR EACH ROW
  WHEN (NEW."state" = 'active' AND OLD."state" = 'active' AND (
    NOT (NEW."actions" <@ OLD."actions") OR (OLD."boundary" IS NOT NULL AND NEW."boundary" IS NULL)
    OR (OLD."credential_type" = 'short_lived' AND NEW."credential_type" = 'long_lived')
  )) EXECUTE FUNCTION "note_privileges_widened"();

CREATE FUNCTION "note_independent_privileges"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "certification_event" ("kind", "tool_id", "before", "after", "at")
  VALUES ('independent_privileges_gained', NEW."id", OLD."independent_privileges"::text, NEW."independent_privileges"::text, NEW."updated_at");
  RETURN NULL;
END $$;
CREATE TRIGGER "tool_independent_privileges" AFTER UPDATE OF "independent_privileges" ON "tool" FOR EACH ROW
  WHEN (OLD."independent_privileges" = 'no' AND NEW."independent_privileges" <> 'no') EXECUTE FUNCTION "note_independent_privileges"();

CREATE FUNCTION "note_chain_extended"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "certification_event" ("kind", "agent_id", "after", "at")
  SELECT 'chain_extended', NEW."to_agent_id", f."slug", NEW."created_at" FROM "agent" f WHERE f."id" = NEW."from_agent_id";
  RETURN NULL;
END $$;
CREATE TRIGGER "delegation_new" AFTER INSERT ON "delegation" FOR EACH ROW EXECUTE FUNCTION "note_chain_extended"();

CREATE FUNCTION "note_tool_joins_chain"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "certification_event" ("kind", "binding_id", "agent_id", "after", "at")
  SELECT 'chain_extended', NEW."id", NEW."agent_id", NEW."tool_slug", NEW."updated_at"
  WHERE EXISTS (SELECT FROM "delegation" d WHERE d."to_agent_id" = NEW."agent_id");
  RETURN NULL;
END $$;
CREATE TRIGGER "binding_joins_chain" AFTER UPDATE OF "state" ON "binding" FOR EACH ROW
  WHEN (NEW."state" = 'active' AND OLD."state" <> 'active') EXECUTE FUNCTION "note_tool_joins_chain"();
