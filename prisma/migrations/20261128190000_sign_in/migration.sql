-- Sessions that the server knows of and can end, and every way in beside a password.

CREATE TYPE "session_method" AS ENUM ('password', 'password_and_code', 'passkey', 'provider');
CREATE TYPE "session_ending" AS ENUM ('signed_out', 'ended', 'replaced', 'account_changed', 'provider');
CREATE TYPE "account_link_kind" AS ENUM ('set_up', 'invitation', 'reset');

ALTER TABLE "account" ALTER COLUMN "password_hash" DROP NOT NULL,
    DROP COLUMN "session_version",
    ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1,
    ADD COLUMN "refused_at" TIMESTAMPTZ(3),
    ADD CONSTRAINT "account_email_lower" CHECK ("email" = lower("email"));

CREATE TABLE "account_identity" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "account_identity_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "account_identity_issuer_subject_key" ON "account_identity"("issuer", "subject");
CREATE INDEX "account_identity_account_id_idx" ON "account_identity"("account_id");
ALTER TABLE "account_identity" ADD CONSTRAINT "account_identity_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "method" "session_method" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "authenticated_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ending" "session_ending",
    "address" TEXT,
    "browser" TEXT,
    "identity_id" UUID,
    "provider_session" TEXT,
    "provider_tokens" TEXT,
    "asked_at" TIMESTAMPTZ(3),
    "answered_at" TIMESTAMPTZ(3),
    CONSTRAINT "session_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "session_ending_said" CHECK (("ended_at" IS NULL) = ("ending" IS NULL)),
    CONSTRAINT "session_of_provider" CHECK (("method" = 'provider') = ("identity_id" IS NOT NULL)),
    -- What is over keeps no key to anything.
    CONSTRAINT "session_over_keeps_no_tokens" CHECK ("ended_at" IS NULL OR "provider_tokens" IS NULL)
);
CREATE INDEX "session_account_id_created_at_idx" ON "session"("account_id", "created_at");
CREATE INDEX "session_identity_id_idx" ON "session"("identity_id");
CREATE INDEX "session_ended_at_idx" ON "session"("ended_at");
ALTER TABLE "session" ADD CONSTRAINT "session_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "session" ADD CONSTRAINT "session_identity_id_fkey" FOREIGN KEY ("identity_id") REFERENCES "account_identity"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "account_link" (
    "hash" TEXT NOT NULL,
    "kind" "account_link_kind" NOT NULL,
    "account_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "token_sealed" TEXT,
    "mailed_at" TIMESTAMPTZ(3),
    CONSTRAINT "account_link_pkey" PRIMARY KEY ("hash"),
    CONSTRAINT "account_link_of_whom" CHECK (("kind" = 'set_up') = ("account_id" IS NULL))
);
CREATE INDEX "account_link_account_id_idx" ON "account_link"("account_id");
CREATE INDEX "account_link_token_sealed_idx" ON "account_link"("created_at") WHERE "token_sealed" IS NOT NULL;
ALTER TABLE "account_link" ADD CONSTRAINT "account_link_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "totp_secret" (
    "account_id" UUID NOT NULL,
    "sealed" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_step" BIGINT NOT NULL,
    CONSTRAINT "totp_secret_pkey" PRIMARY KEY ("account_id")
);
ALTER TABLE "totp_secret" ADD CONSTRAINT "totp_secret_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "recovery_code" (
    "account_id" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    CONSTRAINT "recovery_code_pkey" PRIMARY KEY ("account_id", "hash")
);
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "passkey" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "credential_id" TEXT NOT NULL,
    "public_key" BYTEA NOT NULL,
    "counter" BIGINT NOT NULL,
    "transports" TEXT[],
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    CONSTRAINT "passkey_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "passkey_credential_id_key" ON "passkey"("credential_id");
CREATE INDEX "passkey_account_id_idx" ON "passkey"("account_id");
ALTER TABLE "passkey" ADD CONSTRAINT "passkey_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "passkey_challenge" (
    "challenge" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "passkey_challenge_pkey" PRIMARY KEY ("challenge")
);
CREATE INDEX "passkey_challenge_expires_at_idx" ON "passkey_challenge"("expires_at");

-- The last administrator cannot be taken away, by whatever road: two who take each other's role wait for one another.
CREATE FUNCTION "keep_an_administrator"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('account.administrators'));
  IF NOT EXISTS (SELECT FROM account WHERE role = 'admin' AND status = 'active' AND refused_at IS NULL) THEN
    RAISE EXCEPTION 'the last administrator stays' USING ERRCODE = 'check_violation', CONSTRAINT = 'account_last_administrator';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "account_last_administrator" AFTER UPDATE OR DELETE ON "account" FOR EACH ROW
  WHEN (OLD."role" = 'admin' AND OLD."status" = 'active')
  EXECUTE FUNCTION "keep_an_administrator"();
