-- The account of a script or a service: it acts for an agent of the registry, whose sponsor answers for it. It has API
-- tokens and no way in but them: no address, no person, no password, no passkey, no provider.
ALTER TABLE "account" ALTER COLUMN "email" DROP NOT NULL;
ALTER TABLE "account" ADD COLUMN "agent_id" UUID;
CREATE UNIQUE INDEX "account_agent_id_key" ON "account"("agent_id");
ALTER TABLE "account" ADD CONSTRAINT "account_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "account" ADD CONSTRAINT "account_of_person_or_agent" CHECK (
  CASE WHEN "agent_id" IS NULL THEN "email" IS NOT NULL
    ELSE "email" IS NULL AND "person_id" IS NULL AND "password_hash" IS NULL AND "refused_at" IS NULL END);

CREATE FUNCTION "only_for_people"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM account WHERE id = NEW.account_id AND agent_id IS NOT NULL) THEN
    RAISE EXCEPTION 'a service account has API tokens alone' USING ERRCODE = 'check_violation', CONSTRAINT = 'service_account_has_tokens_alone';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "only_for_people" BEFORE INSERT ON "session" FOR EACH ROW EXECUTE FUNCTION "only_for_people"();
CREATE TRIGGER "only_for_people" BEFORE INSERT ON "account_identity" FOR EACH ROW EXECUTE FUNCTION "only_for_people"();
CREATE TRIGGER "only_for_people" BEFORE INSERT ON "account_link" FOR EACH ROW EXECUTE FUNCTION "only_for_people"();
CREATE TRIGGER "only_for_people" BEFORE INSERT ON "totp_secret" FOR EACH ROW EXECUTE FUNCTION "only_for_people"();
CREATE TRIGGER "only_for_people" BEFORE INSERT ON "passkey" FOR EACH ROW EXECUTE FUNCTION "only_for_people"();

-- The last administrator is a person: a service account signs in to nothing.
CREATE OR REPLACE FUNCTION "keep_an_administrator"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('account.administrators'));
  IF NOT EXISTS (SELECT FROM account WHERE role = 'admin' AND status = 'active' AND refused_at IS NULL AND agent_id IS NULL) THEN
    RAISE EXCEPTION 'the last administrator stays' USING ERRCODE = 'check_violation', CONSTRAINT = 'account_last_administrator';
  END IF;
  RETURN NULL;
END $$;
DROP TRIGGER "account_last_administrator" ON "account";
CREATE TRIGGER "account_last_administrator" AFTER UPDATE OR DELETE ON "account" FOR EACH ROW
  WHEN (OLD."role" = 'admin' AND OLD."status" = 'active' AND OLD."agent_id" IS NULL)
  EXECUTE FUNCTION "keep_an_administrator"();
