-- PostgreSQL writes every index of a row again when it changes any indexed column, and three quarters of the work of
-- certifying a binding went into the trigrams of its slug, which stay the same. They are kept beside the binding.

-- DropIndex
DROP INDEX "binding_slug_search";

-- CreateTable
CREATE TABLE "binding_search" (
    "binding_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,

    CONSTRAINT "binding_search_pkey" PRIMARY KEY ("binding_id")
);

-- Since when each is as it is, and what was before.
ALTER TABLE "binding_search" ADD COLUMN "recorded_at" timestamptz(3) NOT NULL DEFAULT history.recorded_now();
INSERT INTO "binding_search" SELECT "id", "slug", "recorded_at" FROM "binding";
SELECT history.keep('binding_search');
INSERT INTO history."binding_search" ("recorded_until", "binding_id", "slug", "recorded_at")
SELECT "recorded_until", "id", "slug", "recorded_at" FROM history."binding";
CREATE INDEX "binding_search_slug" ON "binding_search" USING gin ("slug" gin_trgm_ops);

-- Without a foreign key, whose check would write to each binding: these triggers are the only writers.
CREATE FUNCTION "note_binding_slugs"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "binding_search" ("binding_id", "slug") SELECT "id", "slug" FROM "new_binding";
  RETURN NULL;
END $$;
CREATE TRIGGER "binding_search_new" AFTER INSERT ON "binding"
  REFERENCING NEW TABLE AS "new_binding" FOR EACH STATEMENT EXECUTE FUNCTION "note_binding_slugs"();

CREATE FUNCTION "renote_binding_slug"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "binding_search" SET "slug" = NEW."slug" WHERE "binding_id" = NEW."id";
  RETURN NULL;
END $$;
CREATE TRIGGER "binding_search_changed" AFTER UPDATE OF "slug" ON "binding" FOR EACH ROW
  WHEN (NEW."slug" <> OLD."slug") EXECUTE FUNCTION "renote_binding_slug"();

CREATE FUNCTION "forget_binding_slugs"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "binding_search" s USING "old_binding" o WHERE o."id" = s."binding_id";
  RETURN NULL;
END $$;
CREATE TRIGGER "binding_search_gone" AFTER DELETE ON "binding"
  REFERENCING OLD TABLE AS "old_binding" FOR EACH STATEMENT EXECUTE FUNCTION "forget_binding_slugs"();
