-- CreateTable
CREATE TABLE "review_told" (
    "person_id" UUID NOT NULL,
    "asked_id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "up_to" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "review_told_pkey" PRIMARY KEY ("person_id","asked_id","campaign_id")
);

-- CreateTable
CREATE TABLE "news_told" (
    "person_id" UUID NOT NULL,
    "news" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "news_told_pkey" PRIMARY KEY ("person_id","news","subject_id")
);

-- CreateTable
CREATE TABLE "review_reminder" (
    "campaign_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "asked_by" TEXT NOT NULL,

    CONSTRAINT "review_reminder_pkey" PRIMARY KEY ("person_id","campaign_id")
);

-- Every minute it is asked whether anybody has been asked about something new: one look into this index for each
-- reviewer, however many items they have.
CREATE INDEX "item_reviewer_newest" ON "item_reviewer" ("campaign_id", "person_id", "added_at") WHERE "state" = 'open';
CREATE INDEX "review_challenge_at" ON "review_challenge" ("at");
