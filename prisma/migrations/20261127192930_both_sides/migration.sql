-- CreateTable
CREATE TABLE "ResultComment" (
    "id" SERIAL NOT NULL,
    "entryId" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ResultComment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BranchRemark" (
    "id" SERIAL NOT NULL,
    "entryId" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "writtenById" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "source" TEXT,

    CONSTRAINT "BranchRemark_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ResultComment_entryId_key" ON "ResultComment"("entryId");

-- CreateIndex
CREATE UNIQUE INDEX "BranchRemark_source_key" ON "BranchRemark"("source");

-- CreateIndex
CREATE INDEX "BranchRemark_entryId_at_idx" ON "BranchRemark"("entryId", "at");

-- AddForeignKey
ALTER TABLE "ResultComment" ADD CONSTRAINT "ResultComment_entryId_fkey" FOREIGN KEY ("entryId") REFERENCES "NoticeEntry"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BranchRemark" ADD CONSTRAINT "BranchRemark_entryId_fkey" FOREIGN KEY ("entryId") REFERENCES "NoticeEntry"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BranchRemark" ADD CONSTRAINT "BranchRemark_writtenById_fkey" FOREIGN KEY ("writtenById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
