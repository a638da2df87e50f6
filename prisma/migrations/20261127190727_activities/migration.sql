-- CreateTable
CREATE TABLE "Activity" (
    "id" SERIAL NOT NULL,
    "branchId" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "theme" TEXT,
    "place" TEXT NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'planned',
    "reason" TEXT,
    "code" TEXT NOT NULL,
    "organiserId" INTEGER NOT NULL,
    "guestCount" INTEGER,
    "metreCount" INTEGER,
    "spotCount" INTEGER,
    "note" TEXT,
    "deliveryId" INTEGER,
    "seriesId" INTEGER,
    "occursOn" DATE,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),
    "source" TEXT,

    CONSTRAINT "Activity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ActivitySeries" (
    "id" SERIAL NOT NULL,
    "branchId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "theme" TEXT,
    "place" TEXT NOT NULL,
    "rule" JSONB NOT NULL,
    "minuteOfDay" INTEGER NOT NULL,
    "organiserId" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "source" TEXT,

    CONSTRAINT "ActivitySeries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ActivityCall" (
    "activityId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "called" BOOLEAN NOT NULL DEFAULT true,
    "joins" BOOLEAN,
    "answeredAt" TIMESTAMPTZ(3),
    "enteredBy" INTEGER,
    "attendedBy" TEXT,
    "attendedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ActivityCall_pkey" PRIMARY KEY ("activityId","personId")
);

-- CreateTable
CREATE TABLE "ActivityPhoto" (
    "activityId" INTEGER NOT NULL,
    "keptFileId" INTEGER NOT NULL,
    "sentById" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ActivityPhoto_pkey" PRIMARY KEY ("activityId","keptFileId")
);

-- CreateIndex
CREATE UNIQUE INDEX "Activity_source_key" ON "Activity"("source");

-- CreateIndex
CREATE INDEX "Activity_branchId_state_startsAt_idx" ON "Activity"("branchId", "state", "startsAt");

-- CreateIndex
CREATE INDEX "Activity_state_startsAt_idx" ON "Activity"("state", "startsAt");

-- CreateIndex
CREATE UNIQUE INDEX "Activity_branchId_number_key" ON "Activity"("branchId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "Activity_seriesId_occursOn_key" ON "Activity"("seriesId", "occursOn");

-- CreateIndex
CREATE UNIQUE INDEX "ActivitySeries_source_key" ON "ActivitySeries"("source");

-- CreateIndex
CREATE INDEX "ActivitySeries_branchId_idx" ON "ActivitySeries"("branchId");

-- CreateIndex
CREATE INDEX "ActivityCall_personId_idx" ON "ActivityCall"("personId");

-- AddForeignKey
ALTER TABLE "Activity" ADD CONSTRAINT "Activity_branchId_fkey" FOREIGN KEY ("branchId") REFERENCES "Organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Activity" ADD CONSTRAINT "Activity_organiserId_fkey" FOREIGN KEY ("organiserId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Activity" ADD CONSTRAINT "Activity_seriesId_fkey" FOREIGN KEY ("seriesId") REFERENCES "ActivitySeries"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ActivitySeries" ADD CONSTRAINT "ActivitySeries_branchId_fkey" FOREIGN KEY ("branchId") REFERENCES "Organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ActivityCall" ADD CONSTRAINT "ActivityCall_activityId_fkey" FOREIGN KEY ("activityId") REFERENCES "Activity"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ActivityCall" ADD CONSTRAINT "ActivityCall_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ActivityPhoto" ADD CONSTRAINT "ActivityPhoto_activityId_fkey" FOREIGN KEY ("activityId") REFERENCES "Activity"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ActivityPhoto" ADD CONSTRAINT "ActivityPhoto_keptFileId_fkey" FOREIGN KEY ("keptFileId") REFERENCES "KeptFile"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Words that mean something to the program, and numbers that can be.
ALTER TABLE "Activity" ADD CONSTRAINT "activity_kind"
  CHECK ("kind" IN ('cleanup', 'movement', 'congress', 'solidarityDay', 'peoplesConference'));
ALTER TABLE "Activity" ADD CONSTRAINT "activity_state"
  CHECK ("state" IN ('planned', 'held') OR ("state" = 'cancelled' AND "reason" IS NOT NULL));
ALTER TABLE "Activity" ADD CONSTRAINT "activity_counts"
  CHECK ("guestCount" >= 0 AND "metreCount" >= 0 AND "spotCount" >= 0);
ALTER TABLE "ActivitySeries" ADD CONSTRAINT "activity_series_time" CHECK ("minuteOfDay" BETWEEN 0 AND 1439);
ALTER TABLE "ActivityCall" ADD CONSTRAINT "activity_call_presence"
  CHECK (("attendedBy" IS NULL) = ("attendedAt" IS NULL) AND ("attendedBy" IS NULL OR "attendedBy" IN ('list', 'code', 'photo')));
ALTER TABLE "ActivityCall" ADD CONSTRAINT "activity_call_answer" CHECK (("joins" IS NULL) = ("answeredAt" IS NULL));
