-- Half a million items are written at once, so each has as few entries in indexes as its readers need: what makes an item
-- the only one of its campaign also finds the items of a binding or an assignment.
DROP INDEX "review_item_binding_id_idx";
DROP INDEX "review_item_assignment_id_idx";
DROP INDEX "review_item_binding_once";
DROP INDEX "review_item_assignment_once";
CREATE UNIQUE INDEX "review_item_binding_once" ON "review_item" ("binding_id", "campaign_id") WHERE "binding_id" IS NOT NULL;
CREATE UNIQUE INDEX "review_item_assignment_once" ON "review_item" ("assignment_id", "campaign_id") WHERE "assignment_id" IS NOT NULL;
