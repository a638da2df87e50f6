-- AlterTable
ALTER TABLE "NoticeIssue" ADD COLUMN     "numberForm" TEXT;

-- AlterTable
ALTER TABLE "NoticeSettings" ADD COLUMN     "numberForm" TEXT;

-- CreateTable
CREATE TABLE "CadreRater" (
    "id" SERIAL NOT NULL,
    "wardId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "raterId" INTEGER NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "to" TIMESTAMPTZ(3),

    CONSTRAINT "CadreRater_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EntrySheet" (
    "id" SERIAL NOT NULL,
    "wardId" INTEGER NOT NULL,
    "period" TEXT NOT NULL,
    "accountId" BIGINT NOT NULL,
    "handedOverAt" TIMESTAMPTZ(3),
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "EntrySheet_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EnteredResult" (
    "sheetId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "score" DOUBLE PRECISION,
    "grade" TEXT,
    "level" TEXT,
    "disqualifier" TEXT,
    "remark" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "EnteredResult_pkey" PRIMARY KEY ("sheetId","personId")
);

-- CreateTable
CREATE TABLE "EvaluationScheme" (
    "id" SERIAL NOT NULL,
    "wardId" INTEGER NOT NULL,
    "from" DATE NOT NULL,
    "pack" JSONB NOT NULL,
    "packId" TEXT NOT NULL,
    "packHash" TEXT NOT NULL,
    "createdBy" BIGINT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "source" TEXT,

    CONSTRAINT "EvaluationScheme_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "CadreRater_raterId_idx" ON "CadreRater"("raterId");

-- CreateIndex
CREATE UNIQUE INDEX "cadre_rater_one_open" ON "CadreRater"("personId") WHERE ("to" IS NULL);

-- CreateIndex
CREATE INDEX "EntrySheet_wardId_period_idx" ON "EntrySheet"("wardId", "period");

-- CreateIndex
CREATE UNIQUE INDEX "EntrySheet_accountId_wardId_period_key" ON "EntrySheet"("accountId", "wardId", "period");

-- CreateIndex
CREATE UNIQUE INDEX "EvaluationScheme_source_key" ON "EvaluationScheme"("source");

-- CreateIndex
CREATE INDEX "EvaluationScheme_wardId_from_idx" ON "EvaluationScheme"("wardId", "from");

-- AddForeignKey
ALTER TABLE "CadreRater" ADD CONSTRAINT "CadreRater_wardId_fkey" FOREIGN KEY ("wardId") REFERENCES "Ward"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CadreRater" ADD CONSTRAINT "CadreRater_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CadreRater" ADD CONSTRAINT "CadreRater_raterId_fkey" FOREIGN KEY ("raterId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EntrySheet" ADD CONSTRAINT "EntrySheet_wardId_fkey" FOREIGN KEY ("wardId") REFERENCES "Ward"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EnteredResult" ADD CONSTRAINT "EnteredResult_sheetId_fkey" FOREIGN KEY ("sheetId") REFERENCES "EntrySheet"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EnteredResult" ADD CONSTRAINT "EnteredResult_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EvaluationScheme" ADD CONSTRAINT "EvaluationScheme_wardId_fkey" FOREIGN KEY ("wardId") REFERENCES "Ward"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The rules that results were derived by stand as they were; a new row takes the place of an old one.
ALTER TABLE "EvaluationScheme" ADD CONSTRAINT "evaluation_scheme_from_month" CHECK (extract(day FROM "from") = 1);
CREATE TRIGGER "schemes_only_added_to" BEFORE UPDATE OR DELETE ON "EvaluationScheme"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

-- Of an issued notice also the form of its number and the rules stand, and of a result the ground that overrode the rest.
CREATE FUNCTION "keep_issued_making"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."state" = 'issued' AND (NEW."numberForm", NEW."packId", NEW."packHash")
    IS DISTINCT FROM (OLD."numberForm", OLD."packId", OLD."packHash") THEN
    RAISE EXCEPTION 'an issued notice is not changed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "issued_making_stands" BEFORE UPDATE ON "NoticeIssue"
  FOR EACH ROW EXECUTE FUNCTION "keep_issued_making"();
CREATE FUNCTION "keep_issued_ground"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."disqualifier" IS DISTINCT FROM OLD."disqualifier"
    AND EXISTS (SELECT 1 FROM "NoticeIssue" WHERE "id" = OLD."issueId" AND "state" = 'issued') THEN
    RAISE EXCEPTION 'a result of an issued notice is not changed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "issued_ground_stands" BEFORE UPDATE OF "disqualifier" ON "NoticeEntry"
  FOR EACH ROW EXECUTE FUNCTION "keep_issued_ground"();
