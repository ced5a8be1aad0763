-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "account_status" AS ENUM ('active', 'disabled');

-- CreateEnum
CREATE TYPE "role" AS ENUM ('admin', 'governance_lead', 'auditor', 'engineer', 'member');

-- CreateEnum
CREATE TYPE "person_status" AS ENUM ('active', 'left');

-- CreateEnum
CREATE TYPE "team_function" AS ENUM ('iam', 'iga', 'pam', 'application', 'secops', 'platform', 'business');

-- CreateEnum
CREATE TYPE "team_status" AS ENUM ('active', 'dissolved');

-- CreateEnum
CREATE TYPE "membership_role" AS ENUM ('lead', 'member');

-- CreateEnum
CREATE TYPE "autonomy" AS ENUM ('assistive', 'supervised', 'autonomous');

-- CreateEnum
CREATE TYPE "agent_lifecycle" AS ENUM ('discovered', 'proposed', 'active', 'suspended', 'retired');

-- CreateEnum
CREATE TYPE "identity_primitive" AS ENUM ('workload_identity', 'oauth_client', 'service_account', 'api_key');

-- CreateEnum
CREATE TYPE "tool_kind" AS ENUM ('api', 'mcp_tool', 'dataset', 'workflow');

-- CreateEnum
CREATE TYPE "tool_lifecycle" AS ENUM ('active', 'retired');

-- CreateEnum
CREATE TYPE "classification" AS ENUM ('public', 'internal', 'confidential', 'restricted');

-- CreateEnum
CREATE TYPE "known" AS ENUM ('yes', 'no', 'unknown');

-- CreateEnum
CREATE TYPE "point_kind" AS ENUM ('gateway', 'broker', 'application');

-- CreateEnum
CREATE TYPE "risk_tier" AS ENUM ('low', 'medium', 'high', 'critical');

-- CreateEnum
CREATE TYPE "decision_mode" AS ENUM ('runtime', 'static');

-- CreateEnum
CREATE TYPE "credential_type" AS ENUM ('short_lived', 'long_lived');

-- CreateEnum
CREATE TYPE "binding_state" AS ENUM ('requested', 'approved', 'active', 'revoked');

-- CreateEnum
CREATE TYPE "path_mode" AS ENUM ('enforces', 'trusts_upstream', 'unknown');

-- CreateEnum
CREATE TYPE "ownership_scope" AS ENUM ('organisation', 'enforcement_point', 'tool', 'agent', 'binding');

-- CreateEnum
CREATE TYPE "assignment_state" AS ENUM ('proposed', 'accepted', 'declined', 'ended');

-- CreateEnum
CREATE TYPE "owner_status" AS ENUM ('owned', 'unconfirmed', 'orphaned', 'unowned');

-- CreateEnum
CREATE TYPE "severity" AS ENUM ('low', 'medium', 'high', 'critical');

-- CreateEnum
CREATE TYPE "gap_state" AS ENUM ('open', 'acknowledged', 'remediating', 'resolved', 'excepted');

-- CreateEnum
CREATE TYPE "gap_subject_type" AS ENUM ('agent', 'tool', 'binding', 'assignment');

-- CreateEnum
CREATE TYPE "contract_state" AS ENUM ('draft', 'signed_off', 'in_force', 'superseded');

-- CreateEnum
CREATE TYPE "actor_kind" AS ENUM ('account', 'token', 'system');

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "status" "account_status" NOT NULL DEFAULT 'active',
    "session_version" INTEGER NOT NULL DEFAULT 1,
    "person_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_throttle" (
    "key" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "blocked_until" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_throttle_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "api_token" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "account_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "response" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("account_id","key")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "id" UUID NOT NULL,
    "sequence" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" "actor_kind" NOT NULL,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "reason" TEXT,
    "request_id" TEXT NOT NULL,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "status" "person_status" NOT NULL DEFAULT 'active',
    "manager_id" UUID,
    "source" TEXT NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3),
    "edited_fields" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "team" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "function" "team_function" NOT NULL,
    "status" "team_status" NOT NULL DEFAULT 'active',
    "contact" TEXT,
    "source" TEXT NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3),
    "edited_fields" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "team_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "role" "membership_role" NOT NULL DEFAULT 'member',

    CONSTRAINT "membership_pkey" PRIMARY KEY ("team_id","person_id")
);

-- CreateTable
CREATE TABLE "agent" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "purpose" TEXT NOT NULL DEFAULT '',
    "sponsor_id" UUID,
    "autonomy" "autonomy" NOT NULL DEFAULT 'supervised',
    "environment" TEXT NOT NULL DEFAULT 'production',
    "lifecycle" "agent_lifecycle" NOT NULL,
    "identity_primitive" "identity_primitive",
    "identity_id" TEXT,
    "decision_log_source" TEXT,
    "decision_log_seen_at" TIMESTAMPTZ(3),
    "source" TEXT NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3),
    "edited_fields" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "agent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "enforcement_point" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "point_kind" NOT NULL,
    "team_id" UUID,
    "independent_privileges" "known" NOT NULL DEFAULT 'unknown',
    "source" TEXT NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3),
    "edited_fields" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "enforcement_point_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tool" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "kind" "tool_kind" NOT NULL DEFAULT 'api',
    "classification" "classification" NOT NULL DEFAULT 'internal',
    "independent_privileges" "known" NOT NULL DEFAULT 'unknown',
    "application_id" UUID,
    "lifecycle" "tool_lifecycle" NOT NULL DEFAULT 'active',
    "actions" JSONB NOT NULL DEFAULT '[]',
    "source" TEXT NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3),
    "edited_fields" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tool_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "binding" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "tool_slug" TEXT NOT NULL,
    "agent_id" UUID NOT NULL,
    "tool_id" UUID NOT NULL,
    "environment" TEXT NOT NULL,
    "state" "binding_state" NOT NULL,
    "active_since" TIMESTAMPTZ(3),
    "intent_text" TEXT,
    "intent_approved_by_id" UUID,
    "intent_approved_at" TIMESTAMPTZ(3),
    "actions" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "risk" "risk_tier" NOT NULL DEFAULT 'medium',
    "decision_mode" "decision_mode" NOT NULL DEFAULT 'static',
    "credential_type" "credential_type" NOT NULL DEFAULT 'long_lived',
    "credential_lifetime_seconds" INTEGER,
    "boundary" TEXT,
    "allowlist_present" BOOLEAN,
    "allowlist_reviewed_at" TIMESTAMPTZ(3),
    "allowlist_reviewed_by_id" UUID,
    "certified_at" TIMESTAMPTZ(3),
    "source" TEXT NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3),
    "edited_fields" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "binding_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "path_step" (
    "binding_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "point_id" UUID NOT NULL,
    "mode" "path_mode" NOT NULL DEFAULT 'unknown',

    CONSTRAINT "path_step_pkey" PRIMARY KEY ("binding_id","position")
);

-- CreateTable
CREATE TABLE "delegation" (
    "id" UUID NOT NULL,
    "from_agent_id" UUID NOT NULL,
    "to_agent_id" UUID NOT NULL,
    "scope" TEXT NOT NULL DEFAULT '',
    "source" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "delegation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "control_layer" (
    "id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "natural_anchor" "ownership_scope" NOT NULL,
    "inherits_from_application" BOOLEAN NOT NULL,
    "inherits_from_organisation" BOOLEAN NOT NULL,

    CONSTRAINT "control_layer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "assignment" (
    "id" UUID NOT NULL,
    "layer" TEXT NOT NULL,
    "scope" "ownership_scope" NOT NULL,
    "agent_id" UUID,
    "tool_id" UUID,
    "point_id" UUID,
    "binding_id" UUID,
    "subject_id" UUID NOT NULL GENERATED ALWAYS AS (COALESCE("agent_id", "tool_id", "point_id", "binding_id", '00000000-0000-0000-0000-000000000000'::uuid)) STORED,
    "team_id" UUID NOT NULL,
    "person_id" UUID,
    "state" "assignment_state" NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "valid_to" TIMESTAMPTZ(3),
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "set_by" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by" TEXT,
    "decision_reason" TEXT,
    "replaces_id" UUID,
    "source" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "assignment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "effective_owner" (
    "binding_id" UUID NOT NULL,
    "layer" TEXT NOT NULL,
    "assignment_id" UUID,
    "source" "ownership_scope",
    "team_id" UUID,
    "status" "owner_status" NOT NULL,

    CONSTRAINT "effective_owner_pkey" PRIMARY KEY ("binding_id","layer")
);

-- CreateTable
CREATE TABLE "gap" (
    "id" UUID NOT NULL,
    "rule" TEXT NOT NULL,
    "subject_type" "gap_subject_type" NOT NULL,
    "subject_id" UUID NOT NULL,
    "subject_slug" TEXT NOT NULL,
    "layer" TEXT,
    "severity" "severity" NOT NULL,
    "state" "gap_state" NOT NULL,
    "affected" INTEGER NOT NULL,
    "affected_hash" TEXT NOT NULL,
    "explanation" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "gap_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "gap_binding" (
    "gap_id" UUID NOT NULL,
    "binding_id" UUID NOT NULL,

    CONSTRAINT "gap_binding_pkey" PRIMARY KEY ("gap_id","binding_id")
);

-- CreateTable
CREATE TABLE "gap_event" (
    "id" UUID NOT NULL,
    "gap_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "from_state" "gap_state",
    "to_state" "gap_state" NOT NULL,
    "actor" TEXT NOT NULL,
    "note" TEXT,

    CONSTRAINT "gap_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contract" (
    "id" UUID NOT NULL,
    "tool_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "state" "contract_state" NOT NULL,
    "author_team_id" UUID,
    "signed_off_by_id" UUID,
    "signed_off_team_id" UUID,
    "signed_off_at" TIMESTAMPTZ(3),
    "limits" JSONB NOT NULL,
    "digest" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "contract_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attestation" (
    "id" UUID NOT NULL,
    "point_id" UUID NOT NULL,
    "tool_id" UUID NOT NULL,
    "contract_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by_person_id" UUID,

    CONSTRAINT "attestation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "gap_exception" (
    "id" UUID NOT NULL,
    "rule" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "layer" TEXT,
    "reason" TEXT NOT NULL,
    "approver_id" UUID NOT NULL,
    "expires" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "gap_exception_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_run" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "files" TEXT[],
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_name" TEXT NOT NULL,
    "summary" JSONB NOT NULL,
    "changes" JSONB NOT NULL,

    CONSTRAINT "import_run_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "account_email_key" ON "account"("email");

-- CreateIndex
CREATE UNIQUE INDEX "account_person_id_key" ON "account"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_token_hash_key" ON "api_token"("hash");

-- CreateIndex
CREATE INDEX "api_token_account_id_idx" ON "api_token"("account_id");

-- CreateIndex
CREATE INDEX "idempotency_key_created_at_idx" ON "idempotency_key"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "audit_event_sequence_key" ON "audit_event"("sequence");

-- CreateIndex
CREATE INDEX "audit_event_subject_type_subject_id_sequence_idx" ON "audit_event"("subject_type", "subject_id", "sequence" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "person_external_id_key" ON "person"("external_id");

-- CreateIndex
CREATE INDEX "person_name_id_idx" ON "person"("name", "id");

-- CreateIndex
CREATE INDEX "person_manager_id_idx" ON "person"("manager_id");

-- CreateIndex
CREATE UNIQUE INDEX "team_slug_key" ON "team"("slug");

-- CreateIndex
CREATE INDEX "team_name_id_idx" ON "team"("name", "id");

-- CreateIndex
CREATE INDEX "membership_person_id_idx" ON "membership"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "agent_slug_key" ON "agent"("slug");

-- CreateIndex
CREATE INDEX "agent_name_id_idx" ON "agent"("name", "id");

-- CreateIndex
CREATE INDEX "agent_sponsor_id_idx" ON "agent"("sponsor_id");

-- CreateIndex
CREATE INDEX "agent_lifecycle_idx" ON "agent"("lifecycle");

-- CreateIndex
CREATE UNIQUE INDEX "enforcement_point_slug_key" ON "enforcement_point"("slug");

-- CreateIndex
CREATE INDEX "enforcement_point_name_id_idx" ON "enforcement_point"("name", "id");

-- CreateIndex
CREATE INDEX "enforcement_point_team_id_idx" ON "enforcement_point"("team_id");

-- CreateIndex
CREATE UNIQUE INDEX "tool_slug_key" ON "tool"("slug");

-- CreateIndex
CREATE INDEX "tool_name_id_idx" ON "tool"("name", "id");

-- CreateIndex
CREATE INDEX "tool_application_id_idx" ON "tool"("application_id");

-- CreateIndex
CREATE UNIQUE INDEX "binding_slug_key" ON "binding"("slug");

-- CreateIndex
CREATE INDEX "binding_tool_id_idx" ON "binding"("tool_id");

-- CreateIndex
CREATE INDEX "binding_tool_slug_slug_idx" ON "binding"("tool_slug", "slug");

-- CreateIndex
CREATE INDEX "binding_risk_slug_idx" ON "binding"("risk", "slug");

-- CreateIndex
CREATE INDEX "binding_state_slug_idx" ON "binding"("state", "slug");

-- CreateIndex
CREATE UNIQUE INDEX "binding_agent_id_tool_id_environment_key" ON "binding"("agent_id", "tool_id", "environment");

-- CreateIndex
CREATE INDEX "path_step_point_id_idx" ON "path_step"("point_id");

-- CreateIndex
CREATE INDEX "delegation_to_agent_id_idx" ON "delegation"("to_agent_id");

-- CreateIndex
CREATE UNIQUE INDEX "delegation_from_agent_id_to_agent_id_key" ON "delegation"("from_agent_id", "to_agent_id");

-- CreateIndex
CREATE UNIQUE INDEX "control_layer_position_key" ON "control_layer"("position");

-- CreateIndex
CREATE INDEX "assignment_team_id_state_idx" ON "assignment"("team_id", "state");

-- CreateIndex
CREATE INDEX "assignment_person_id_idx" ON "assignment"("person_id");

-- CreateIndex
CREATE INDEX "assignment_agent_id_idx" ON "assignment"("agent_id");

-- CreateIndex
CREATE INDEX "assignment_tool_id_idx" ON "assignment"("tool_id");

-- CreateIndex
CREATE INDEX "assignment_point_id_idx" ON "assignment"("point_id");

-- CreateIndex
CREATE INDEX "assignment_binding_id_idx" ON "assignment"("binding_id");

-- CreateIndex
CREATE INDEX "effective_owner_assignment_id_idx" ON "effective_owner"("assignment_id");

-- CreateIndex
CREATE INDEX "effective_owner_team_id_layer_idx" ON "effective_owner"("team_id", "layer");

-- CreateIndex
CREATE INDEX "effective_owner_layer_status_idx" ON "effective_owner"("layer", "status");

-- CreateIndex
CREATE INDEX "gap_subject_type_subject_id_idx" ON "gap"("subject_type", "subject_id");

-- CreateIndex
CREATE INDEX "gap_state_severity_opened_at_id_idx" ON "gap"("state", "severity" DESC, "opened_at" DESC, "id");

-- CreateIndex
CREATE INDEX "gap_rule_state_idx" ON "gap"("rule", "state");

-- CreateIndex
CREATE INDEX "gap_binding_binding_id_idx" ON "gap_binding"("binding_id");

-- CreateIndex
CREATE INDEX "gap_event_gap_id_at_idx" ON "gap_event"("gap_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "contract_tool_id_version_key" ON "contract"("tool_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "attestation_point_id_tool_id_contract_id_at_key" ON "attestation"("point_id", "tool_id", "contract_id", "at");

-- CreateIndex
CREATE INDEX "import_run_at_id_idx" ON "import_run"("at" DESC, "id");

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent" ADD CONSTRAINT "agent_sponsor_id_fkey" FOREIGN KEY ("sponsor_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "enforcement_point" ADD CONSTRAINT "enforcement_point_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool" ADD CONSTRAINT "tool_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "enforcement_point"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "binding" ADD CONSTRAINT "binding_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "binding" ADD CONSTRAINT "binding_tool_id_fkey" FOREIGN KEY ("tool_id") REFERENCES "tool"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "path_step" ADD CONSTRAINT "path_step_binding_id_fkey" FOREIGN KEY ("binding_id") REFERENCES "binding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "path_step" ADD CONSTRAINT "path_step_point_id_fkey" FOREIGN KEY ("point_id") REFERENCES "enforcement_point"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delegation" ADD CONSTRAINT "delegation_from_agent_id_fkey" FOREIGN KEY ("from_agent_id") REFERENCES "agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delegation" ADD CONSTRAINT "delegation_to_agent_id_fkey" FOREIGN KEY ("to_agent_id") REFERENCES "agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_layer_fkey" FOREIGN KEY ("layer") REFERENCES "control_layer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_tool_id_fkey" FOREIGN KEY ("tool_id") REFERENCES "tool"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_point_id_fkey" FOREIGN KEY ("point_id") REFERENCES "enforcement_point"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_binding_id_fkey" FOREIGN KEY ("binding_id") REFERENCES "binding"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_replaces_id_fkey" FOREIGN KEY ("replaces_id") REFERENCES "assignment"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "effective_owner" ADD CONSTRAINT "effective_owner_binding_id_fkey" FOREIGN KEY ("binding_id") REFERENCES "binding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "effective_owner" ADD CONSTRAINT "effective_owner_layer_fkey" FOREIGN KEY ("layer") REFERENCES "control_layer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "effective_owner" ADD CONSTRAINT "effective_owner_assignment_id_fkey" FOREIGN KEY ("assignment_id") REFERENCES "assignment"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "gap_binding" ADD CONSTRAINT "gap_binding_gap_id_fkey" FOREIGN KEY ("gap_id") REFERENCES "gap"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "gap_binding" ADD CONSTRAINT "gap_binding_binding_id_fkey" FOREIGN KEY ("binding_id") REFERENCES "binding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "gap_event" ADD CONSTRAINT "gap_event_gap_id_fkey" FOREIGN KEY ("gap_id") REFERENCES "gap"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contract" ADD CONSTRAINT "contract_tool_id_fkey" FOREIGN KEY ("tool_id") REFERENCES "tool"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contract" ADD CONSTRAINT "contract_author_team_id_fkey" FOREIGN KEY ("author_team_id") REFERENCES "team"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attestation" ADD CONSTRAINT "attestation_point_id_fkey" FOREIGN KEY ("point_id") REFERENCES "enforcement_point"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attestation" ADD CONSTRAINT "attestation_tool_id_fkey" FOREIGN KEY ("tool_id") REFERENCES "tool"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attestation" ADD CONSTRAINT "attestation_contract_id_fkey" FOREIGN KEY ("contract_id") REFERENCES "contract"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma cannot say ------------------------------------------------------------------------------------------

CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Exactly the reference that the scope names is set.
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_subject_matches_scope" CHECK (
  CASE "scope"
    WHEN 'organisation' THEN num_nonnulls("agent_id", "tool_id", "point_id", "binding_id") = 0
    WHEN 'agent' THEN "agent_id" IS NOT NULL AND num_nonnulls("tool_id", "point_id", "binding_id") = 0
    WHEN 'tool' THEN "tool_id" IS NOT NULL AND num_nonnulls("agent_id", "point_id", "binding_id") = 0
    WHEN 'enforcement_point' THEN "point_id" IS NOT NULL AND num_nonnulls("agent_id", "tool_id", "binding_id") = 0
    WHEN 'binding' THEN "binding_id" IS NOT NULL AND num_nonnulls("agent_id", "tool_id", "point_id") = 0
  END);

ALTER TABLE "assignment" ADD CONSTRAINT "assignment_valid_range" CHECK ("valid_to" IS NULL OR "valid_to" >= "valid_from");

-- One owner at a time for a layer of a subject. A declined assignment never held.
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_no_overlap" EXCLUDE USING gist (
  "layer" WITH =, "scope" WITH =, "subject_id" WITH =, tstzrange("valid_from", "valid_to") WITH &&
) WHERE ("state" <> 'declined');

CREATE INDEX "assignment_live" ON "assignment" ("scope", "subject_id", "layer") WHERE "state" IN ('proposed', 'accepted');

-- A gap is one per rule, subject and layer, for ever.
CREATE UNIQUE INDEX "gap_identity" ON "gap" ("rule", "subject_type", "subject_id", "layer") NULLS NOT DISTINCT;

-- An estate-wide status of a layer is an equality; what is not plainly owned is the rare, wanted part.
CREATE INDEX "effective_owner_attention" ON "effective_owner" ("status", "layer", "binding_id") WHERE "status" <> 'owned';

ALTER TABLE "binding" ADD CONSTRAINT "binding_active_since" CHECK ("state" <> 'active' OR "active_since" IS NOT NULL);
ALTER TABLE "delegation" ADD CONSTRAINT "delegation_not_to_itself" CHECK ("from_agent_id" <> "to_agent_id");
ALTER TABLE "person" ADD CONSTRAINT "person_not_own_manager" CHECK ("manager_id" IS NULL OR "manager_id" <> "id");

CREATE INDEX "person_name_search" ON "person" USING gin ("name" gin_trgm_ops);
CREATE INDEX "agent_name_search" ON "agent" USING gin ("name" gin_trgm_ops);
CREATE INDEX "tool_name_search" ON "tool" USING gin ("name" gin_trgm_ops);
CREATE INDEX "team_name_search" ON "team" USING gin ("name" gin_trgm_ops);
CREATE INDEX "binding_slug_search" ON "binding" USING gin ("slug" gin_trgm_ops);

-- The audit log only grows.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on % is refused: the audit log only grows', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER "audit_event_append_only" BEFORE UPDATE OR DELETE ON "audit_event" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "audit_event_no_truncate" BEFORE TRUNCATE ON "audit_event" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
