-- CreateTable
CREATE TABLE "VoteAbsence" (
    "voteId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "excused" BOOLEAN NOT NULL,

    CONSTRAINT "VoteAbsence_pkey" PRIMARY KEY ("voteId","personId")
);

-- Where two drafts of one year's classification were prepared at the same moment, the one that went further, or the newer, stands.
UPDATE "Vote" SET "state" = 'void', "voidedAt" = now()
WHERE "subject" = 'classification' AND "state" = 'draft' AND EXISTS (
  SELECT 1 FROM "Vote" other WHERE other."branchId" = "Vote"."branchId" AND other."period" = "Vote"."period"
    AND other."subject" = 'classification'
    AND (other."state" IN ('open', 'closed') OR (other."state" = 'draft' AND other."id" > "Vote"."id")));

-- CreateIndex
CREATE UNIQUE INDEX "vote_one_classification" ON "Vote"("branchId", "period") WHERE ("subject" = 'classification' AND "state" IN ('draft', 'open', 'closed'));

-- AddForeignKey
ALTER TABLE "VoteAbsence" ADD CONSTRAINT "VoteAbsence_voteId_fkey" FOREIGN KEY ("voteId") REFERENCES "Vote"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VoteAbsence" ADD CONSTRAINT "VoteAbsence_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Who was absent is noted before the opening and frozen by it, as the roll is.
CREATE TRIGGER "absences_frozen" BEFORE INSERT OR UPDATE OR DELETE ON "VoteAbsence"
  FOR EACH ROW EXECUTE FUNCTION "keep_frozen"();
