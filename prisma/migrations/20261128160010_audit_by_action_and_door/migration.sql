-- An action, or a group of them, through a door: both frequent, and perhaps never together. Without these every event of one
-- was read to find none of the other.
CREATE INDEX "audit_event_action_door_at_sequence_idx" ON "audit_event"("action", "door", "at", "sequence");
CREATE INDEX "audit_event_group_door_at_sequence_idx" ON "audit_event"(split_part("action", '.', 1), "door", "at", "sequence");
