-- CreateIndex
CREATE INDEX "MemberStatus_personId_idx" ON "MemberStatus"("personId");

-- CreateIndex
CREATE INDEX "Membership_personId_idx" ON "Membership"("personId");

-- CreateIndex
CREATE INDEX "Position_personId_idx" ON "Position"("personId");
