-- The trend of the overview reads the last days.
CREATE INDEX "gap_event_at_idx" ON "gap_event"("at");

-- What Prisma cannot say: searching gaps by part of what they are about.
CREATE INDEX "gap_subject_search" ON "gap" USING gin ("subject_slug" gin_trgm_ops);
CREATE INDEX "gap_explanation_search" ON "gap" USING gin ("explanation" gin_trgm_ops);
