-- AlterTable
ALTER TABLE "NoticeEntry" ADD COLUMN     "correctsId" INTEGER;

-- CreateIndex
CREATE INDEX "NoticeEntry_correctsId_idx" ON "NoticeEntry"("correctsId");

-- AddForeignKey
ALTER TABLE "NoticeEntry" ADD CONSTRAINT "NoticeEntry_correctsId_fkey" FOREIGN KEY ("correctsId") REFERENCES "NoticeEntry"("id") ON DELETE SET NULL ON UPDATE CASCADE;
