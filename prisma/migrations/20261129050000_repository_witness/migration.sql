-- A git repository keeps checkpoints as commits. It signs nothing, so a witness needs no key any more; but some way to be one.
ALTER TABLE "log_witness"
    ALTER COLUMN "verifier_key" DROP NOT NULL,
    ADD COLUMN "repository" TEXT,
    ADD COLUMN "branch" TEXT,
    -- User name and token, sealed for this row.
    ADD COLUMN "credential_sealed" TEXT,
    ADD CONSTRAINT "log_witness_has_a_way" CHECK (num_nonnulls("verifier_key", "webhook", "email", "repository") > 0),
    ADD CONSTRAINT "log_witness_repository_has_a_branch" CHECK (("repository" IS NULL) = ("branch" IS NULL)),
    ADD CONSTRAINT "log_witness_credential_is_for_a_repository" CHECK ("credential_sealed" IS NULL OR "repository" IS NOT NULL);
-- Who is not known by a key is known by name.
CREATE UNIQUE INDEX "log_witness_name_key" ON "log_witness" ("name") WHERE "removed_at" IS NULL AND "verifier_key" IS NULL;
