-- The account of a script or a service has no address, and acts for an agent of the registry, whose sponsor answers for it. It
-- has API tokens and no way in but them: no person, no password, no passkey, no provider.
ALTER TABLE "account" ALTER COLUMN "email" DROP NOT NULL;
ALTER TABLE "account" ADD CONSTRAINT "account_without_address" CHECK (
  "email" IS NOT NULL OR ("person_id" IS NULL AND "password_hash" IS NULL AND "refused_at" IS NULL));

-- A table of its own, so that no account belongs to an agent that somebody may not know of.
CREATE TABLE "service_account" (
    "account_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    CONSTRAINT "service_account_pkey" PRIMARY KEY ("account_id")
);
CREATE UNIQUE INDEX "service_account_agent_id_key" ON "service_account"("agent_id");
ALTER TABLE "service_account" ADD CONSTRAINT "service_account_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "service_account" ADD CONSTRAINT "service_account_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
INSERT INTO sight.shown (governed, condition) VALUES ('service_account', sight.spares('agent_id', 'agent'));
SELECT sight.show('service_account');

CREATE FUNCTION "only_for_people"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM public.account WHERE id = NEW.account_id AND email IS NULL) THEN
    RAISE EXCEPTION 'a service account has API tokens alone' USING ERRCODE = 'check_violation', CONSTRAINT = 'service_account_has_tokens_alone';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "only_for_people" BEFORE INSERT ON "session" FOR EACH ROW EXECUTE FUNCTION "only_for_people"();
CREATE TRIGGER "only_for_people" BEFORE INSERT ON "account_identity" FOR EACH ROW EXECUTE FUNCTION "only_for_people"();
CREATE TRIGGER "only_for_people" BEFORE INSERT ON "account_link" FOR EACH ROW EXECUTE FUNCTION "only_for_people"();
CREATE TRIGGER "only_for_people" BEFORE INSERT ON "totp_secret" FOR EACH ROW EXECUTE FUNCTION "only_for_people"();
CREATE TRIGGER "only_for_people" BEFORE INSERT ON "passkey" FOR EACH ROW EXECUTE FUNCTION "only_for_people"();

-- What a service account does stands under its agent's name wherever it did it. So an agent that not everybody may know of has
-- none, and one that has acted is restricted no more. The row of the agent is locked: of two at once, one waits and is refused.
CREATE FUNCTION "service_account_in_the_open"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM public.account WHERE id = NEW.account_id AND email IS NOT NULL) THEN
    RAISE EXCEPTION 'the account is a person''s' USING ERRCODE = 'check_violation', CONSTRAINT = 'service_account_of_nobody';
  END IF;
  IF (SELECT restricted FROM public.agent WHERE id = NEW.agent_id FOR SHARE) THEN
    RAISE EXCEPTION 'a restricted agent has no service account' USING ERRCODE = 'check_violation', CONSTRAINT = 'service_account_in_the_open';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "service_account_in_the_open" BEFORE INSERT OR UPDATE ON "service_account"
  FOR EACH ROW EXECUTE FUNCTION "service_account_in_the_open"();

CREATE FUNCTION "agent_acts_in_the_open"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM public.service_account WHERE agent_id = NEW.id) THEN
    RAISE EXCEPTION 'an agent with a service account is not restricted' USING ERRCODE = 'check_violation', CONSTRAINT = 'service_account_in_the_open';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "agent_acts_in_the_open" BEFORE UPDATE OF "restricted" ON "agent"
  FOR EACH ROW WHEN (NEW."restricted" AND NOT OLD."restricted") EXECUTE FUNCTION "agent_acts_in_the_open"();

-- The last administrator is a person: a service account signs in to nothing.
CREATE OR REPLACE FUNCTION "keep_an_administrator"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('account.administrators'));
  IF NOT EXISTS (SELECT FROM account WHERE role = 'admin' AND status = 'active' AND refused_at IS NULL AND email IS NOT NULL) THEN
    RAISE EXCEPTION 'the last administrator stays' USING ERRCODE = 'check_violation', CONSTRAINT = 'account_last_administrator';
  END IF;
  RETURN NULL;
END $$;
DROP TRIGGER "account_last_administrator" ON "account";
CREATE TRIGGER "account_last_administrator" AFTER UPDATE OR DELETE ON "account" FOR EACH ROW
  WHEN (OLD."role" = 'admin' AND OLD."status" = 'active' AND OLD."email" IS NOT NULL)
  EXECUTE FUNCTION "keep_an_administrator"();
