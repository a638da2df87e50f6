-- What ended without the time of its end (a later edit went instead, or its sender died) would never be old enough to go.
UPDATE "Delivery" SET "finishedAt" = "createdAt" WHERE "finishedAt" IS NULL AND "state" NOT IN ('waiting', 'sending');

-- DropForeignKey
ALTER TABLE "Delivery" DROP CONSTRAINT "Delivery_editsId_fkey";

-- CreateIndex
CREATE INDEX "Delivery_finishedAt_id_idx" ON "Delivery"("finishedAt", "id");

-- CreateIndex
CREATE INDEX "delivery_edits" ON "Delivery"("editsId") WHERE ("editsId" IS NOT NULL);

-- AddForeignKey
ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_editsId_fkey" FOREIGN KEY ("editsId") REFERENCES "Delivery"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
