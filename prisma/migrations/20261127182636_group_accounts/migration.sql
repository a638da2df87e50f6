-- AlterTable
ALTER TABLE "Notice" ADD COLUMN     "namesInGroup" BOOLEAN NOT NULL DEFAULT true;

-- CreateTable
CREATE TABLE "GroupAccount" (
    "id" SERIAL NOT NULL,
    "chatId" BIGINT NOT NULL,
    "accountId" BIGINT NOT NULL,
    "standing" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "GroupAccount_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GroupCheck" (
    "chatId" BIGINT NOT NULL,
    "memberCount" INTEGER,
    "countedAt" TIMESTAMPTZ(3),
    "askedAt" TIMESTAMPTZ(3),
    "triedAt" TIMESTAMPTZ(3) NOT NULL,
    "told" JSONB,
    "toldCount" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "GroupCheck_pkey" PRIMARY KEY ("chatId")
);

-- CreateIndex
CREATE UNIQUE INDEX "group_account_one_open" ON "GroupAccount"("chatId", "accountId") WHERE ("endedAt" IS NULL);

-- Words that mean something to the program.
ALTER TABLE "GroupAccount" ADD CONSTRAINT "group_account_standing" CHECK ("standing" IN ('administrator', 'member'));
