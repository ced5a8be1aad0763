-- What somebody did lately: asked before they take it back.
CREATE INDEX "audit_event_actor_id_at_idx" ON "audit_event"("actor_id", "at");
