-- What Prisma cannot say: every change asks which owners there were for the whole organisation. They are a handful.
CREATE INDEX "assignment_organisation" ON "assignment" ("layer") WHERE "scope" = 'organisation';
