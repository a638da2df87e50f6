-- AlterTable
ALTER TABLE "Task" ADD COLUMN     "preparesId" INTEGER;

-- CreateIndex
CREATE INDEX "Task_preparesId_idx" ON "Task"("preparesId");

-- AddForeignKey
ALTER TABLE "Task" ADD CONSTRAINT "Task_preparesId_fkey" FOREIGN KEY ("preparesId") REFERENCES "Activity"("id") ON DELETE SET NULL ON UPDATE CASCADE;
