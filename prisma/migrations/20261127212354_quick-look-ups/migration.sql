-- AlterTable
ALTER TABLE "Vote" ADD COLUMN     "turnoutStale" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE INDEX "MemberStatus_personId_idx" ON "MemberStatus"("personId");

-- CreateIndex
CREATE INDEX "Membership_personId_idx" ON "Membership"("personId");

-- CreateIndex
CREATE INDEX "Position_personId_idx" ON "Position"("personId");

-- CreateIndex
CREATE INDEX "vote_turnout_stale" ON "Vote"("id") WHERE ("turnoutStale");
