-- Gaps that opened before there were due dates get those of the default policy: no other was ever set.
UPDATE "gap" SET "due_at" = "opened_at" + make_interval(days =>
  CASE "severity" WHEN 'critical' THEN 7 WHEN 'high' THEN 30 WHEN 'medium' THEN 90 ELSE 180 END)
WHERE "state" IN ('open', 'acknowledged', 'remediating') AND "due_at" IS NULL;
