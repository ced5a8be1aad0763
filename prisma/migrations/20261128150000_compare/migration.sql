-- What was written between two instants is found without reading the rest of the large tables (lib/history/compare).

-- Of live rows the range of recorded_at of every sixteen pages: a few bytes, written only when a range grows, and no
-- hindrance to updates in place (HOT), which an ordinary index on a column that every update changes would end.
CREATE INDEX "effective_owner_recorded_at" ON "effective_owner" USING brin ("recorded_at") WITH (pages_per_range = 16, autosummarize = on);
CREATE INDEX "gap_recorded_at" ON "gap" USING brin ("recorded_at") WITH (pages_per_range = 16, autosummarize = on);
CREATE INDEX "binding_recorded_at" ON "binding" USING brin ("recorded_at") WITH (pages_per_range = 16, autosummarize = on);
CREATE INDEX "assignment_recorded_at" ON "assignment" USING brin ("recorded_at") WITH (pages_per_range = 16, autosummarize = on);
CREATE INDEX "path_step_recorded_at" ON "path_step" USING brin ("recorded_at") WITH (pages_per_range = 16, autosummarize = on);

-- History is in the order of recorded_until; when a row of it was first recorded may be any time before.
CREATE INDEX "effective_owner_recorded_at" ON history.effective_owner ("recorded_at");
CREATE INDEX "gap_recorded_at" ON history.gap ("recorded_at");
CREATE INDEX "binding_recorded_at" ON history.binding ("recorded_at");
CREATE INDEX "assignment_recorded_at" ON history.assignment ("recorded_at");
CREATE INDEX "path_step_recorded_at" ON history.path_step ("recorded_at");

-- The owners of one agent on one tool, as known at an instant.
CREATE INDEX "assignment_subject" ON history.assignment ("subject_id");
