-- What a report lists besides the plain answers is rare: found without reading the rest of the campaign.
CREATE INDEX "review_item_second_look" ON "review_item" ("campaign_id", "id") WHERE "second_look" IS NOT NULL;
CREATE INDEX "review_item_not_applied" ON "review_item" ("campaign_id", "id") WHERE "not_applied" IS NOT NULL;
CREATE INDEX "review_item_deferred" ON "review_item" ("campaign_id", "id") WHERE "was_deferred";
CREATE INDEX "item_reviewer_besides" ON "item_reviewer" ("campaign_id", "because", "item_id")
  WHERE "because" IN ('escalation', 'handed_over', 'named');
CREATE INDEX "review_decision_undone" ON "review_decision" ("campaign_id", "item_id") WHERE "undone_at" IS NOT NULL;
-- How reviewers went about it, from the index alone.
CREATE INDEX "review_decision_pace" ON "review_decision" ("campaign_id", "person_id")
  INCLUDE ("verdict", "batch_size", "looked_ms") WHERE "undone_at" IS NULL;
-- Certifications by when they were made.
CREATE INDEX "binding_certified_at" ON "binding" ("certified_at", "id") WHERE "certified_at" IS NOT NULL;
CREATE INDEX "assignment_certified_at" ON "assignment" ("certified_at", "id") WHERE "certified_at" IS NOT NULL;
