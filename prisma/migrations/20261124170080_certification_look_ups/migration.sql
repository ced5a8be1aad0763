-- What runs out in the next weeks is counted per risk for the overview, without reading every binding.
CREATE INDEX "binding_certified" ON "binding" ("risk", "certified_at") INCLUDE ("active_since", "certification_lost_at")
  WHERE "state" = 'active';

-- What happened to one binding, its tool, and those who answer for it.
CREATE INDEX "certification_event_binding" ON "certification_event" ("binding_id") WHERE "binding_id" IS NOT NULL;
CREATE INDEX "certification_event_tool" ON "certification_event" ("tool_id") WHERE "tool_id" IS NOT NULL;
CREATE INDEX "certification_event_person" ON "certification_event" ("person_id") WHERE "person_id" IS NOT NULL;
