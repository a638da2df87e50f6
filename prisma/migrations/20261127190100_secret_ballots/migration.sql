-- CreateTable
CREATE TABLE "BallotBox" (
    "voteId" INTEGER NOT NULL,
    "publicKey" BYTEA NOT NULL,
    "needed" INTEGER NOT NULL,
    "cast" INTEGER,
    "joined" INTEGER,
    "cleanedAt" TIMESTAMPTZ(3),

    CONSTRAINT "BallotBox_pkey" PRIMARY KEY ("voteId")
);

-- CreateTable
CREATE TABLE "BallotShare" (
    "voteId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "mark" BYTEA NOT NULL,
    "chatId" BIGINT NOT NULL,
    "messageId" INTEGER NOT NULL,
    "takenBackAt" TIMESTAMPTZ(3),

    CONSTRAINT "BallotShare_pkey" PRIMARY KEY ("voteId","personId")
);

-- CreateTable
CREATE TABLE "SealedBallot" (
    "voteId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "content" BYTEA NOT NULL,
    "updates" TEXT[],

    CONSTRAINT "SealedBallot_pkey" PRIMARY KEY ("voteId","personId")
);

-- CreateTable
CREATE TABLE "PlainBallot" (
    "voteId" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "marks" TEXT NOT NULL,

    CONSTRAINT "PlainBallot_pkey" PRIMARY KEY ("voteId","number")
);

-- AddForeignKey
ALTER TABLE "BallotBox" ADD CONSTRAINT "BallotBox_voteId_fkey" FOREIGN KEY ("voteId") REFERENCES "Vote"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BallotShare" ADD CONSTRAINT "BallotShare_voteId_fkey" FOREIGN KEY ("voteId") REFERENCES "BallotBox"("voteId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BallotShare" ADD CONSTRAINT "BallotShare_voteId_personId_fkey" FOREIGN KEY ("voteId", "personId") REFERENCES "VoteTeller"("voteId", "personId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SealedBallot" ADD CONSTRAINT "SealedBallot_voteId_fkey" FOREIGN KEY ("voteId") REFERENCES "BallotBox"("voteId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SealedBallot" ADD CONSTRAINT "SealedBallot_voteId_personId_fkey" FOREIGN KEY ("voteId", "personId") REFERENCES "VoteRoll"("voteId", "personId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PlainBallot" ADD CONSTRAINT "PlainBallot_voteId_fkey" FOREIGN KEY ("voteId") REFERENCES "BallotBox"("voteId") ON DELETE RESTRICT ON UPDATE CASCADE;
