-- AlterEnum
ALTER TYPE "audit_door" ADD VALUE 'scim';

-- CreateEnum
CREATE TYPE "scim_departure_kind" AS ENUM ('deactivated', 'removed');

-- CreateEnum
CREATE TYPE "scim_departure_state" AS ENUM ('applied', 'held', 'confirmed', 'dismissed', 'withdrawn');

-- CreateTable
CREATE TABLE "scim_user" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "user_name" TEXT NOT NULL,
    "user_name_key" TEXT NOT NULL,
    "external_id" TEXT,
    "display" TEXT NOT NULL,
    "manager_key" TEXT,
    "active" BOOLEAN NOT NULL,
    "resource" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "scim_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scim_group" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "external_id" TEXT,
    "display" TEXT NOT NULL,
    "display_key" TEXT NOT NULL,
    "resource" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "scim_group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scim_member" (
    "group_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "granted" BOOLEAN NOT NULL,

    CONSTRAINT "scim_member_pkey" PRIMARY KEY ("group_id","user_id")
);

-- CreateTable
CREATE TABLE "scim_departure" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "kind" "scim_departure_kind" NOT NULL,
    "state" "scim_departure_state" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "scim_departure_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scim_request" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "token" TEXT,
    "method" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "detail" TEXT,
    "request_id" TEXT NOT NULL,

    CONSTRAINT "scim_request_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "scim_user_person_id_key" ON "scim_user"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "scim_user_user_name_key_key" ON "scim_user"("user_name_key");

-- CreateIndex
CREATE INDEX "scim_user_external_id_idx" ON "scim_user"("external_id");

-- CreateIndex
CREATE INDEX "scim_user_manager_key_idx" ON "scim_user"("manager_key");

-- CreateIndex
CREATE INDEX "scim_user_created_at_id_idx" ON "scim_user"("created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "scim_group_team_id_key" ON "scim_group"("team_id");

-- CreateIndex
CREATE UNIQUE INDEX "scim_group_display_key_key" ON "scim_group"("display_key");

-- CreateIndex
CREATE INDEX "scim_group_external_id_idx" ON "scim_group"("external_id");

-- CreateIndex
CREATE INDEX "scim_group_created_at_id_idx" ON "scim_group"("created_at", "id");

-- CreateIndex
CREATE INDEX "scim_member_user_id_idx" ON "scim_member"("user_id");

-- CreateIndex
CREATE INDEX "scim_departure_at_idx" ON "scim_departure"("at");

-- CreateIndex
CREATE INDEX "scim_departure_person_id_idx" ON "scim_departure"("person_id");

-- CreateIndex
CREATE INDEX "scim_request_at_id_idx" ON "scim_request"("at", "id");

-- AddForeignKey
ALTER TABLE "scim_user" ADD CONSTRAINT "scim_user_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scim_group" ADD CONSTRAINT "scim_group_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scim_member" ADD CONSTRAINT "scim_member_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "scim_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scim_member" ADD CONSTRAINT "scim_member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "scim_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scim_departure" ADD CONSTRAINT "scim_departure_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One departure of a person is held at a time.
CREATE UNIQUE INDEX "scim_departure_one_held" ON "scim_departure"("person_id") WHERE "state" = 'held';
