-- CreateEnum
CREATE TYPE "attestation_source" AS ENUM ('person', 'token', 'parity', 'import');

-- CreateEnum
CREATE TYPE "credential_kind" AS ENUM ('none', 'bearer', 'mtls');

-- CreateEnum
CREATE TYPE "parity_run_state" AS ENUM ('running', 'finished', 'failed');

-- CreateEnum
CREATE TYPE "parity_trigger" AS ENUM ('schedule', 'hand', 'import');

-- CreateEnum
CREATE TYPE "exception_state" AS ENUM ('asked', 'approved', 'refused', 'withdrawn');

-- CreateEnum
CREATE TYPE "succession_state" AS ENUM ('open', 'accepted', 'declined', 'moot');

-- CreateEnum
CREATE TYPE "succession_reason" AS ENUM ('deputy', 'team_lead', 'manager');

-- AlterTable
ALTER TABLE "enforcement_point" ADD COLUMN     "credential_kind" "credential_kind" NOT NULL DEFAULT 'none',
ADD COLUMN     "credential_sealed" TEXT,
ADD COLUMN     "decision_endpoint" TEXT;

-- AlterTable
ALTER TABLE "gap" ADD COLUMN     "assignee_id" UUID,
ADD COLUMN     "due_at" TIMESTAMPTZ(3),
ADD COLUMN     "point_id" UUID;

-- AlterTable
ALTER TABLE "contract" ADD COLUMN     "authored_by" TEXT,
ADD COLUMN     "authored_by_id" UUID,
ADD COLUMN     "in_force_at" TIMESTAMPTZ(3),
ADD COLUMN     "note" TEXT,
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "signed_by_id" UUID,
ADD COLUMN     "superseded_at" TIMESTAMPTZ(3),
ADD COLUMN     "updated_at" TIMESTAMPTZ(3);
UPDATE "contract" SET "updated_at" = "created_at";
ALTER TABLE "contract" ALTER COLUMN "updated_at" SET NOT NULL;

-- AlterTable
ALTER TABLE "attestation" ADD COLUMN     "by" TEXT,
ADD COLUMN     "note" TEXT,
ADD COLUMN     "received_at" TIMESTAMPTZ(3),
ADD COLUMN     "source" "attestation_source";
-- Until now they came with imports alone.
UPDATE "attestation" SET "received_at" = "at", "source" = 'import',
  "by" = COALESCE((SELECT "name" FROM "person" p WHERE p."id" = "by_person_id"), 'an import');
ALTER TABLE "attestation" ALTER COLUMN "by" SET NOT NULL,
ALTER COLUMN "received_at" SET NOT NULL,
ALTER COLUMN "source" SET NOT NULL;

-- AlterTable
ALTER TABLE "gap_exception" ADD COLUMN     "asked_by" TEXT,
ADD COLUMN     "asked_by_id" UUID,
ADD COLUMN     "decided_at" TIMESTAMPTZ(3),
ADD COLUMN     "decided_by" TEXT,
ADD COLUMN     "decided_by_id" UUID,
ADD COLUMN     "decision_note" TEXT,
ADD COLUMN     "point_id" UUID,
ADD COLUMN     "state" "exception_state",
ADD COLUMN     "subject_id" UUID,
ADD COLUMN     "subject_type" "gap_subject_type",
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1,
ALTER COLUMN "approver_id" DROP NOT NULL;
-- Until now they came with imports alone, approved, and named their subject by slug.
UPDATE "gap_exception" x SET "state" = 'approved', "asked_by" = 'an import', "decided_at" = "created_at",
  "decided_by" = COALESCE((SELECT "name" FROM "person" p WHERE p."id" = x."approver_id"), 'an import'),
  ("subject_type", "subject_id") = (
    SELECT type, id FROM (
      SELECT 1 AS rank, "subject_type" AS type, "subject_id" AS id FROM "gap" g WHERE g."rule" = x."rule" AND g."subject_slug" = x."subject"
      UNION ALL SELECT 2, 'binding', "id" FROM "binding" WHERE "slug" = x."subject"
      UNION ALL SELECT 3, 'agent', "id" FROM "agent" WHERE "slug" = x."subject"
      UNION ALL SELECT 4, 'tool', "id" FROM "tool" WHERE "slug" = x."subject") found
    ORDER BY rank LIMIT 1);
-- One whose subject is not in the registry never excepted anything.
DELETE FROM "gap_exception" WHERE "subject_id" IS NULL;
ALTER TABLE "gap_exception" ALTER COLUMN "asked_by" SET NOT NULL,
ALTER COLUMN "state" SET NOT NULL,
ALTER COLUMN "subject_id" SET NOT NULL,
ALTER COLUMN "subject_type" SET NOT NULL;

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_by" TEXT NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "assignment_deputy" (
    "assignment_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "person_id" UUID NOT NULL,

    CONSTRAINT "assignment_deputy_pkey" PRIMARY KEY ("assignment_id","position")
);

-- CreateTable
CREATE TABLE "succession" (
    "id" UUID NOT NULL,
    "leaver_id" UUID NOT NULL,
    "assignment_id" UUID,
    "agent_id" UUID,
    "candidate_id" UUID,
    "because" "succession_reason",
    "state" "succession_state" NOT NULL DEFAULT 'open',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by" TEXT,
    "note" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "succession_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "gap_comment" (
    "id" UUID NOT NULL,
    "gap_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "account_id" UUID,
    "author_name" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "gap_comment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "parity_run" (
    "id" UUID NOT NULL,
    "tool_id" UUID NOT NULL,
    "contract_id" UUID NOT NULL,
    "trigger" "parity_trigger" NOT NULL,
    "state" "parity_run_state" NOT NULL,
    "by" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "failure" TEXT,

    CONSTRAINT "parity_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "parity_answer" (
    "run_id" UUID NOT NULL,
    "point_id" UUID NOT NULL,
    "vector" INTEGER NOT NULL,
    "vector_name" TEXT NOT NULL,
    "expected" BOOLEAN NOT NULL,
    "decision" BOOLEAN,
    "error" TEXT,
    "milliseconds" INTEGER,

    CONSTRAINT "parity_answer_pkey" PRIMARY KEY ("run_id","point_id","vector")
);

-- CreateTable
CREATE TABLE "decision_sample" (
    "id" UUID NOT NULL,
    "point_id" UUID NOT NULL,
    "tool_id" UUID NOT NULL,
    "agent_id" UUID,
    "request_digest" TEXT NOT NULL,
    "request" JSONB NOT NULL,
    "decision" BOOLEAN NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "source" TEXT NOT NULL,
    "contradiction" TEXT,
    "contract_id" UUID,

    CONSTRAINT "decision_sample_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "assignment_deputy_person_id_idx" ON "assignment_deputy"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "assignment_deputy_assignment_id_person_id_key" ON "assignment_deputy"("assignment_id", "person_id");

-- CreateIndex
CREATE INDEX "succession_leaver_id_state_idx" ON "succession"("leaver_id", "state");

-- CreateIndex
CREATE INDEX "succession_candidate_id_state_idx" ON "succession"("candidate_id", "state");

-- CreateIndex
CREATE INDEX "succession_assignment_id_idx" ON "succession"("assignment_id");

-- CreateIndex
CREATE INDEX "succession_agent_id_idx" ON "succession"("agent_id");

-- CreateIndex
CREATE INDEX "gap_comment_gap_id_at_idx" ON "gap_comment"("gap_id", "at");

-- CreateIndex
CREATE INDEX "parity_run_tool_id_started_at_idx" ON "parity_run"("tool_id", "started_at" DESC);

-- CreateIndex
CREATE INDEX "parity_run_contract_id_idx" ON "parity_run"("contract_id");

-- CreateIndex
CREATE INDEX "parity_answer_point_id_idx" ON "parity_answer"("point_id");

-- CreateIndex
CREATE INDEX "decision_sample_tool_id_decided_at_idx" ON "decision_sample"("tool_id", "decided_at" DESC);

-- CreateIndex
CREATE INDEX "decision_sample_agent_id_idx" ON "decision_sample"("agent_id");

-- CreateIndex
CREATE UNIQUE INDEX "decision_sample_point_id_tool_id_request_digest_key" ON "decision_sample"("point_id", "tool_id", "request_digest");

-- CreateIndex
CREATE INDEX "gap_assignee_id_state_idx" ON "gap"("assignee_id", "state");

-- CreateIndex
CREATE INDEX "gap_point_id_idx" ON "gap"("point_id");

-- CreateIndex
CREATE INDEX "contract_author_team_id_idx" ON "contract"("author_team_id");

-- CreateIndex
CREATE INDEX "contract_state_tool_id_idx" ON "contract"("state", "tool_id");

-- CreateIndex
CREATE INDEX "attestation_tool_id_point_id_at_idx" ON "attestation"("tool_id", "point_id", "at" DESC);

-- CreateIndex
CREATE INDEX "gap_exception_subject_type_subject_id_idx" ON "gap_exception"("subject_type", "subject_id");

-- CreateIndex
CREATE INDEX "gap_exception_state_expires_idx" ON "gap_exception"("state", "expires");

-- AddForeignKey
ALTER TABLE "assignment_deputy" ADD CONSTRAINT "assignment_deputy_assignment_id_fkey" FOREIGN KEY ("assignment_id") REFERENCES "assignment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignment_deputy" ADD CONSTRAINT "assignment_deputy_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "succession" ADD CONSTRAINT "succession_leaver_id_fkey" FOREIGN KEY ("leaver_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "succession" ADD CONSTRAINT "succession_candidate_id_fkey" FOREIGN KEY ("candidate_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "succession" ADD CONSTRAINT "succession_assignment_id_fkey" FOREIGN KEY ("assignment_id") REFERENCES "assignment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "succession" ADD CONSTRAINT "succession_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "gap" ADD CONSTRAINT "gap_point_id_fkey" FOREIGN KEY ("point_id") REFERENCES "enforcement_point"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "gap" ADD CONSTRAINT "gap_assignee_id_fkey" FOREIGN KEY ("assignee_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "gap_comment" ADD CONSTRAINT "gap_comment_gap_id_fkey" FOREIGN KEY ("gap_id") REFERENCES "gap"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "parity_run" ADD CONSTRAINT "parity_run_tool_id_fkey" FOREIGN KEY ("tool_id") REFERENCES "tool"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "parity_run" ADD CONSTRAINT "parity_run_contract_id_fkey" FOREIGN KEY ("contract_id") REFERENCES "contract"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "parity_answer" ADD CONSTRAINT "parity_answer_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "parity_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "parity_answer" ADD CONSTRAINT "parity_answer_point_id_fkey" FOREIGN KEY ("point_id") REFERENCES "enforcement_point"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision_sample" ADD CONSTRAINT "decision_sample_point_id_fkey" FOREIGN KEY ("point_id") REFERENCES "enforcement_point"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision_sample" ADD CONSTRAINT "decision_sample_tool_id_fkey" FOREIGN KEY ("tool_id") REFERENCES "tool"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision_sample" ADD CONSTRAINT "decision_sample_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What Prisma cannot say ------------------------------------------------------------------------------------------

-- A gap is one per rule, subject, layer and point, for ever.
DROP INDEX "gap_identity";
CREATE UNIQUE INDEX "gap_identity" ON "gap" ("rule", "subject_type", "subject_id", "layer", "point_id") NULLS NOT DISTINCT;

-- One contract of a tool is in force. Checked when a statement ends, so that one can follow another in a single one.
UPDATE "contract" c SET "state" = 'superseded' WHERE "state" = 'in_force'
  AND EXISTS (SELECT FROM "contract" d WHERE d."tool_id" = c."tool_id" AND d."state" = 'in_force' AND d."version" > c."version");
ALTER TABLE "contract" ADD CONSTRAINT "contract_one_in_force" EXCLUDE USING btree ("tool_id" WITH =)
  WHERE ("state" = 'in_force') DEFERRABLE INITIALLY IMMEDIATE;

-- Nobody signs what they wrote, and nobody approves what they asked for.
ALTER TABLE "contract" ADD CONSTRAINT "contract_signer_is_not_author" CHECK ("authored_by_id" <> "signed_by_id");
ALTER TABLE "gap_exception" ADD CONSTRAINT "exception_approver_is_not_asker" CHECK ("asked_by_id" <> "decided_by_id");

ALTER TABLE "enforcement_point" ADD CONSTRAINT "point_credential_sealed" CHECK (("credential_kind" = 'none') = ("credential_sealed" IS NULL));
ALTER TABLE "succession" ADD CONSTRAINT "succession_subject" CHECK (num_nonnulls("assignment_id", "agent_id") = 1);
CREATE UNIQUE INDEX "succession_open_assignment" ON "succession" ("assignment_id") WHERE "state" = 'open';
CREATE UNIQUE INDEX "succession_open_agent" ON "succession" ("agent_id") WHERE "state" = 'open';

-- An answer that is no decision says why.
ALTER TABLE "parity_answer" ADD CONSTRAINT "parity_answer_or_error" CHECK (("decision" IS NULL) = ("error" IS NOT NULL));

-- The latest run that came to its end, per tool: what the rule on parity looks at.
CREATE INDEX "parity_run_latest" ON "parity_run" ("tool_id", "finished_at" DESC) WHERE "state" = 'finished';
CREATE INDEX "decision_sample_contradicting" ON "decision_sample" ("tool_id") WHERE "contradiction" IS NOT NULL;
