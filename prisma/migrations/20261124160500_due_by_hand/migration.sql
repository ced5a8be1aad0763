-- Whether somebody moved the due date by hand: a change of policy leaves such a date alone.
ALTER TABLE "gap" ADD COLUMN "due_by_hand" BOOLEAN NOT NULL DEFAULT false;

-- What is due next, state by state; a gap without a date comes last.
CREATE INDEX "gap_due" ON "gap" ("state", (COALESCE("due_at", 'infinity'::timestamptz)), "id");
