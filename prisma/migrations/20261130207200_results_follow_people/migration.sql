-- A result goes to the branch of the day of issue; somebody who belongs to none then has none.
ALTER TABLE "NoticeEntry" ALTER COLUMN "branchId" DROP NOT NULL;

-- CreateTable
CREATE TABLE "NoticeEntryCopy" (
    "entryId" INTEGER NOT NULL,
    "branchId" INTEGER NOT NULL,

    CONSTRAINT "NoticeEntryCopy_pkey" PRIMARY KEY ("entryId","branchId")
);

-- CreateIndex
CREATE INDEX "NoticeEntryCopy_branchId_idx" ON "NoticeEntryCopy"("branchId");

-- AddForeignKey
ALTER TABLE "NoticeEntryCopy" ADD CONSTRAINT "NoticeEntryCopy_entryId_fkey" FOREIGN KEY ("entryId") REFERENCES "NoticeEntry"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NoticeEntryCopy" ADD CONSTRAINT "NoticeEntryCopy_branchId_fkey" FOREIGN KEY ("branchId") REFERENCES "Organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Who reads a result is written with its issue and stands, as the result does.
CREATE TRIGGER "copies_only_added_to" BEFORE UPDATE OR DELETE ON "NoticeEntryCopy"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
