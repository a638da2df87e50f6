-- CreateTable
CREATE TABLE "TransferPlan" (
    "id" SERIAL NOT NULL,
    "wardId" INTEGER NOT NULL,
    "fromId" INTEGER NOT NULL,
    "dissolves" BOOLEAN NOT NULL,
    "instrumentNumber" TEXT NOT NULL,
    "instrumentOn" DATE NOT NULL,
    "effectiveOn" DATE NOT NULL,
    "content" JSONB,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "createdBy" BIGINT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),
    "source" TEXT,

    CONSTRAINT "TransferPlan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Transfer" (
    "id" SERIAL NOT NULL,
    "wardId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "planId" INTEGER,
    "kind" TEXT NOT NULL,
    "fromId" INTEGER NOT NULL,
    "toId" INTEGER,
    "toName" TEXT,
    "state" TEXT NOT NULL DEFAULT 'proposed',
    "reason" TEXT,
    "instrumentNumber" TEXT,
    "instrumentOn" DATE,
    "effectiveOn" DATE,
    "until" DATE,
    "feesPaidThrough" TEXT,
    "proposedOn" DATE NOT NULL,
    "reviewedOn" DATE,
    "introducedOn" DATE,
    "presentBy" DATE,
    "receivedOn" DATE,
    "receivedOnBehalf" BOOLEAN NOT NULL DEFAULT false,
    "movesOn" DATE,
    "movedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "source" TEXT,

    CONSTRAINT "Transfer_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "TransferPlan_source_key" ON "TransferPlan"("source");

-- CreateIndex
CREATE INDEX "TransferPlan_wardId_state_idx" ON "TransferPlan"("wardId", "state");

-- CreateIndex
CREATE UNIQUE INDEX "Transfer_source_key" ON "Transfer"("source");

-- CreateIndex
CREATE INDEX "Transfer_fromId_state_idx" ON "Transfer"("fromId", "state");

-- CreateIndex
CREATE INDEX "Transfer_toId_state_idx" ON "Transfer"("toId", "state");

-- CreateIndex
CREATE INDEX "Transfer_state_movesOn_idx" ON "Transfer"("state", "movesOn");

-- CreateIndex
CREATE INDEX "Transfer_planId_idx" ON "Transfer"("planId");

-- CreateIndex
CREATE UNIQUE INDEX "transfer_one_open" ON "Transfer"("personId") WHERE ("movedAt" IS NULL AND "endedAt" IS NULL);

-- AddForeignKey
ALTER TABLE "TransferPlan" ADD CONSTRAINT "TransferPlan_wardId_fkey" FOREIGN KEY ("wardId") REFERENCES "Ward"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TransferPlan" ADD CONSTRAINT "TransferPlan_fromId_fkey" FOREIGN KEY ("fromId") REFERENCES "Organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Transfer" ADD CONSTRAINT "Transfer_wardId_fkey" FOREIGN KEY ("wardId") REFERENCES "Ward"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Transfer" ADD CONSTRAINT "Transfer_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Transfer" ADD CONSTRAINT "Transfer_planId_fkey" FOREIGN KEY ("planId") REFERENCES "TransferPlan"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Transfer" ADD CONSTRAINT "Transfer_fromId_fkey" FOREIGN KEY ("fromId") REFERENCES "Organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Transfer" ADD CONSTRAINT "Transfer_toId_fkey" FOREIGN KEY ("toId") REFERENCES "Organisation"("id") ON DELETE SET NULL ON UPDATE CASCADE;
