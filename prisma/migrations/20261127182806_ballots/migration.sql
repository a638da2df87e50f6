-- DropForeignKey
ALTER TABLE "VoteChoice" DROP CONSTRAINT "VoteChoice_voteId_optionIndex_fkey";

-- DropForeignKey
ALTER TABLE "VoteOption" DROP CONSTRAINT "VoteOption_voteId_fkey";

-- DropForeignKey
ALTER TABLE "VoteResult" DROP CONSTRAINT "VoteResult_voteId_fkey";

-- DropIndex
DROP INDEX "VoteChoice_voteId_optionIndex_idx";

-- AlterTable
ALTER TABLE "Vote" RENAME COLUMN "question" TO "title";
ALTER TABLE "Vote" DROP CONSTRAINT "vote_state";
ALTER TABLE "Vote"
ADD COLUMN     "countedAt" TIMESTAMPTZ(3),
ADD COLUMN     "createdAt" TIMESTAMPTZ(3),
ADD COLUMN     "createdById" INTEGER,
ADD COLUMN     "earlierId" INTEGER,
ADD COLUMN     "instrument" TEXT,
ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'open',
ADD COLUMN     "method" TEXT NOT NULL DEFAULT 'app',
ADD COLUMN     "period" TEXT,
ADD COLUMN     "publishedAt" TIMESTAMPTZ(3),
ADD COLUMN     "round" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "showsCounts" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "standing" TEXT NOT NULL DEFAULT 'poll',
ADD COLUMN     "subject" TEXT NOT NULL DEFAULT 'question',
ADD COLUMN     "tellersOnBallot" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "voidedAt" TIMESTAMPTZ(3),
ALTER COLUMN "openedById" DROP NOT NULL,
ALTER COLUMN "openedAt" DROP NOT NULL,
ALTER COLUMN "state" SET DEFAULT 'draft';

-- Votes from before: what was closed was counted and published in the same moment, and was no more than a poll.
UPDATE "Vote" SET "createdAt" = "openedAt", "createdById" = "openedById";
UPDATE "Vote" SET "state" = 'published', "countedAt" = "closedAt", "publishedAt" = "closedAt" WHERE "state" = 'closed';
ALTER TABLE "Vote" ALTER COLUMN "createdAt" SET NOT NULL, ALTER COLUMN "createdById" SET NOT NULL;

-- AlterTable
ALTER TABLE "VoteChoice" DROP CONSTRAINT "VoteChoice_pkey",
ADD COLUMN     "question" INTEGER NOT NULL DEFAULT 0,
ADD CONSTRAINT "VoteChoice_pkey" PRIMARY KEY ("voteId", "question", "personId");

-- AlterTable
ALTER TABLE "VoteLeftOut" ADD COLUMN     "inBase" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "VoteOption" DROP CONSTRAINT "VoteOption_pkey",
ADD COLUMN     "level" TEXT,
ADD COLUMN     "question" INTEGER NOT NULL DEFAULT 0,
ADD CONSTRAINT "VoteOption_pkey" PRIMARY KEY ("voteId", "question", "index");

-- AlterTable
ALTER TABLE "VoteRoll" ADD COLUMN     "remindedAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "VoteQuestion" (
    "voteId" INTEGER NOT NULL,
    "index" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "personId" INTEGER,

    CONSTRAINT "VoteQuestion_pkey" PRIMARY KEY ("voteId","index")
);

-- CreateTable
CREATE TABLE "VoteNotClassified" (
    "voteId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "VoteNotClassified_pkey" PRIMARY KEY ("voteId","personId")
);

-- CreateTable
CREATE TABLE "VoteTeller" (
    "voteId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "isHead" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "VoteTeller_pkey" PRIMARY KEY ("voteId","personId")
);

-- CreateTable
CREATE TABLE "VoteSheet" (
    "voteId" INTEGER NOT NULL,
    "edition" INTEGER NOT NULL,
    "reason" TEXT,
    "issued" INTEGER NOT NULL,
    "returned" INTEGER NOT NULL,
    "valid" INTEGER NOT NULL,
    "invalid" INTEGER NOT NULL,
    "joined" INTEGER NOT NULL,
    "enteredById" INTEGER NOT NULL,
    "enteredAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "VoteSheet_pkey" PRIMARY KEY ("voteId")
);

-- CreateTable
CREATE TABLE "VoteSheetCount" (
    "voteId" INTEGER NOT NULL,
    "question" INTEGER NOT NULL,
    "index" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "VoteSheetCount_pkey" PRIMARY KEY ("voteId","question","index")
);

-- CreateTable
CREATE TABLE "VoteSheetConfirmation" (
    "voteId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "VoteSheetConfirmation_pkey" PRIMARY KEY ("voteId","personId")
);

-- CreateTable
CREATE TABLE "VoteRecord" (
    "voteId" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "reason" TEXT,
    "madeAt" TIMESTAMPTZ(3) NOT NULL,
    "madeById" INTEGER,
    "issued" INTEGER NOT NULL,
    "voted" INTEGER NOT NULL,
    "valid" INTEGER NOT NULL,
    "invalid" INTEGER NOT NULL,
    "enteredCount" INTEGER NOT NULL,
    "base" INTEGER NOT NULL,
    "majorityBase" INTEGER NOT NULL,
    "majorityNeeded" INTEGER NOT NULL,
    "quorumNeeded" INTEGER NOT NULL,
    "quorum" BOOLEAN NOT NULL,

    CONSTRAINT "VoteRecord_pkey" PRIMARY KEY ("voteId","number")
);

-- CreateTable
CREATE TABLE "VoteRecordQuestion" (
    "voteId" INTEGER NOT NULL,
    "record" INTEGER NOT NULL,
    "question" INTEGER NOT NULL,
    "blank" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "carried" INTEGER,

    CONSTRAINT "VoteRecordQuestion_pkey" PRIMARY KEY ("voteId","record","question")
);

-- CreateTable
CREATE TABLE "VoteRecordCount" (
    "voteId" INTEGER NOT NULL,
    "record" INTEGER NOT NULL,
    "question" INTEGER NOT NULL,
    "index" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "VoteRecordCount_pkey" PRIMARY KEY ("voteId","record","question","index")
);

-- CreateTable
CREATE TABLE "VoteSignature" (
    "voteId" INTEGER NOT NULL,
    "record" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "VoteSignature_pkey" PRIMARY KEY ("voteId","record","personId")
);

-- CreateTable
CREATE TABLE "BallotStanding" (
    "id" SERIAL NOT NULL,
    "wardId" INTEGER NOT NULL,
    "instrument" TEXT NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "byId" INTEGER NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "endedById" INTEGER,

    CONSTRAINT "BallotStanding_pkey" PRIMARY KEY ("id")
);

INSERT INTO "VoteQuestion" ("voteId", "index", "text") SELECT "id", 0, "title" FROM "Vote";
INSERT INTO "VoteRecord" ("voteId", "number", "madeAt", "madeById", "issued", "voted", "valid", "invalid", "enteredCount",
    "base", "majorityBase", "majorityNeeded", "quorumNeeded", "quorum")
  SELECT r."voteId", 1, v."closedAt", v."closedById", (SELECT count(*) FROM "VoteRoll" p WHERE p."voteId" = v."id"),
    r."voted", r."voted", 0, r."enteredCount", r."base", r."base", r."majorityNeeded", r."quorumNeeded", r."quorum"
  FROM "VoteResult" r JOIN "Vote" v ON v."id" = r."voteId";
INSERT INTO "VoteRecordQuestion" ("voteId", "record", "question", "blank", "outcome", "carried")
  SELECT r."voteId", 1, 0, 0,
    CASE WHEN NOT r."quorum" THEN 'noQuorum' WHEN o."index" IS NULL THEN 'undecided' ELSE 'carried' END,
    CASE WHEN r."quorum" THEN o."index" END
  FROM "VoteResult" r LEFT JOIN "VoteOption" o ON o."voteId" = r."voteId" AND o."carried";
INSERT INTO "VoteRecordCount" ("voteId", "record", "question", "index", "count")
  SELECT o."voteId", 1, 0, o."index", o."count" FROM "VoteOption" o JOIN "VoteResult" r ON r."voteId" = o."voteId";

ALTER TABLE "VoteChoice" ALTER COLUMN "question" DROP DEFAULT;
ALTER TABLE "VoteOption" ALTER COLUMN "question" DROP DEFAULT, DROP COLUMN "carried", DROP COLUMN "count";

-- DropTable
DROP TABLE "VoteResult";
UPDATE "Vote" SET "pack" = jsonb_set("pack", '{majority,of}', '"members"');

-- CreateIndex
CREATE UNIQUE INDEX "VoteQuestion_voteId_personId_key" ON "VoteQuestion"("voteId", "personId");

-- CreateIndex
CREATE UNIQUE INDEX "vote_teller_one_head" ON "VoteTeller"("voteId") WHERE ("isHead");

-- CreateIndex
CREATE UNIQUE INDEX "ballot_standing_one_open" ON "BallotStanding"("wardId") WHERE ("endedAt" IS NULL);

-- CreateIndex
CREATE INDEX "VoteChoice_voteId_question_optionIndex_idx" ON "VoteChoice"("voteId", "question", "optionIndex");

-- AddForeignKey
ALTER TABLE "Vote" ADD CONSTRAINT "Vote_earlierId_fkey" FOREIGN KEY ("earlierId") REFERENCES "Vote"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VoteQuestion" ADD CONSTRAINT "VoteQuestion_voteId_fkey" FOREIGN KEY ("voteId") REFERENCES "Vote"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VoteQuestion" ADD CONSTRAINT "VoteQuestion_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VoteOption" ADD CONSTRAINT "VoteOption_voteId_question_fkey" FOREIGN KEY ("voteId", "question") REFERENCES "VoteQuestion"("voteId", "index") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VoteNotClassified" ADD CONSTRAINT "VoteNotClassified_voteId_fkey" FOREIGN KEY ("voteId") REFERENCES "Vote"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VoteNotClassified" ADD CONSTRAINT "VoteNotClassified_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VoteTeller" ADD CONSTRAINT "VoteTeller_voteId_fkey" FOREIGN KEY ("voteId") REFERENCES "Vote"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VoteTeller" ADD CONSTRAINT "VoteTeller_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VoteChoice" ADD CONSTRAINT "VoteChoice_voteId_question_optionIndex_fkey" FOREIGN KEY ("voteId", "question", "optionIndex") REFERENCES "VoteOption"("voteId", "question", "index") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VoteSheet" ADD CONSTRAINT "VoteSheet_voteId_fkey" FOREIGN KEY ("voteId") REFERENCES "Vote"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VoteSheetCount" ADD CONSTRAINT "VoteSheetCount_voteId_fkey" FOREIGN KEY ("voteId") REFERENCES "VoteSheet"("voteId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VoteSheetCount" ADD CONSTRAINT "VoteSheetCount_voteId_question_index_fkey" FOREIGN KEY ("voteId", "question", "index") REFERENCES "VoteOption"("voteId", "question", "index") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VoteSheetConfirmation" ADD CONSTRAINT "VoteSheetConfirmation_voteId_fkey" FOREIGN KEY ("voteId") REFERENCES "VoteSheet"("voteId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VoteRecord" ADD CONSTRAINT "VoteRecord_voteId_fkey" FOREIGN KEY ("voteId") REFERENCES "Vote"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VoteRecordQuestion" ADD CONSTRAINT "VoteRecordQuestion_voteId_record_fkey" FOREIGN KEY ("voteId", "record") REFERENCES "VoteRecord"("voteId", "number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VoteRecordQuestion" ADD CONSTRAINT "VoteRecordQuestion_voteId_question_fkey" FOREIGN KEY ("voteId", "question") REFERENCES "VoteQuestion"("voteId", "index") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VoteRecordCount" ADD CONSTRAINT "VoteRecordCount_voteId_record_question_fkey" FOREIGN KEY ("voteId", "record", "question") REFERENCES "VoteRecordQuestion"("voteId", "record", "question") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VoteRecordCount" ADD CONSTRAINT "VoteRecordCount_voteId_question_index_fkey" FOREIGN KEY ("voteId", "question", "index") REFERENCES "VoteOption"("voteId", "question", "index") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VoteSignature" ADD CONSTRAINT "VoteSignature_voteId_record_fkey" FOREIGN KEY ("voteId", "record") REFERENCES "VoteRecord"("voteId", "number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VoteSignature" ADD CONSTRAINT "VoteSignature_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BallotStanding" ADD CONSTRAINT "BallotStanding_wardId_fkey" FOREIGN KEY ("wardId") REFERENCES "Ward"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
