-- DropIndex
DROP INDEX "Task_branchId_number_key";

-- AlterTable
ALTER TABLE "Task" ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'neighbourhood',
ADD COLUMN     "occursOn" DATE,
ADD COLUMN     "origin" TEXT,
ADD COLUMN     "originNote" TEXT,
ADD COLUMN     "progress" INTEGER,
ADD COLUMN     "reason" TEXT,
ADD COLUMN     "reassignedFromId" INTEGER,
ADD COLUMN     "receivedAt" TIMESTAMPTZ(3),
ADD COLUMN     "seriesId" INTEGER,
ADD COLUMN     "undertakenAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "TaskReport" ADD COLUMN     "corrects" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "lateDays" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "progress" INTEGER;

-- AlterTable
ALTER TABLE "TaskReportPart" ADD COLUMN     "keptFileId" INTEGER;

-- CreateTable
CREATE TABLE "DayOff" (
    "id" SERIAL NOT NULL,
    "wardId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "from" DATE NOT NULL,
    "to" DATE NOT NULL,
    "addedBy" BIGINT,
    "source" TEXT,

    CONSTRAINT "DayOff_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "KeptFile" (
    "id" SERIAL NOT NULL,
    "fileId" TEXT NOT NULL,
    "uniqueId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "key" TEXT,
    "size" INTEGER,
    "sha256" TEXT,
    "sentBy" BIGINT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "keptAt" TIMESTAMPTZ(3),

    CONSTRAINT "KeptFile_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TaskSeries" (
    "id" SERIAL NOT NULL,
    "branchId" INTEGER NOT NULL,
    "assignedById" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "origin" TEXT,
    "originNote" TEXT,
    "rule" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "source" TEXT,

    CONSTRAINT "TaskSeries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TaskSeriesAssignee" (
    "seriesId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,

    CONSTRAINT "TaskSeriesAssignee_pkey" PRIMARY KEY ("seriesId","personId")
);

-- CreateTable
CREATE TABLE "TaskFile" (
    "taskId" INTEGER NOT NULL,
    "keptFileId" INTEGER NOT NULL,

    CONSTRAINT "TaskFile_pkey" PRIMARY KEY ("taskId","keptFileId")
);

-- CreateTable
CREATE TABLE "TaskComment" (
    "id" SERIAL NOT NULL,
    "taskId" INTEGER NOT NULL,
    "byId" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "source" TEXT,

    CONSTRAINT "TaskComment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TaskDigest" (
    "branchId" INTEGER NOT NULL,
    "hour" INTEGER NOT NULL,
    "every" TEXT NOT NULL,

    CONSTRAINT "TaskDigest_pkey" PRIMARY KEY ("branchId")
);

-- CreateIndex
CREATE UNIQUE INDEX "DayOff_source_key" ON "DayOff"("source");

-- CreateIndex
CREATE INDEX "DayOff_wardId_from_idx" ON "DayOff"("wardId", "from");

-- CreateIndex
CREATE UNIQUE INDEX "KeptFile_uniqueId_key" ON "KeptFile"("uniqueId");

-- CreateIndex
CREATE INDEX "KeptFile_state_id_idx" ON "KeptFile"("state", "id");

-- CreateIndex
CREATE UNIQUE INDEX "TaskSeries_source_key" ON "TaskSeries"("source");

-- CreateIndex
CREATE INDEX "TaskSeries_branchId_idx" ON "TaskSeries"("branchId");

-- CreateIndex
CREATE UNIQUE INDEX "TaskComment_source_key" ON "TaskComment"("source");

-- CreateIndex
CREATE INDEX "TaskComment_taskId_idx" ON "TaskComment"("taskId");

-- CreateIndex
CREATE UNIQUE INDEX "Task_reassignedFromId_key" ON "Task"("reassignedFromId");

-- CreateIndex
CREATE INDEX "Task_branchId_number_idx" ON "Task"("branchId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "task_one_for_each" ON "Task"("branchId", "number", "assigneeId") WHERE ("state" <> 'reassigned');

-- CreateIndex
CREATE UNIQUE INDEX "Task_seriesId_occursOn_assigneeId_key" ON "Task"("seriesId", "occursOn", "assigneeId");

-- AddForeignKey
ALTER TABLE "DayOff" ADD CONSTRAINT "DayOff_wardId_fkey" FOREIGN KEY ("wardId") REFERENCES "Ward"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Task" ADD CONSTRAINT "Task_reassignedFromId_fkey" FOREIGN KEY ("reassignedFromId") REFERENCES "Task"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Task" ADD CONSTRAINT "Task_seriesId_fkey" FOREIGN KEY ("seriesId") REFERENCES "TaskSeries"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TaskSeries" ADD CONSTRAINT "TaskSeries_branchId_fkey" FOREIGN KEY ("branchId") REFERENCES "Organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TaskSeriesAssignee" ADD CONSTRAINT "TaskSeriesAssignee_seriesId_fkey" FOREIGN KEY ("seriesId") REFERENCES "TaskSeries"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TaskSeriesAssignee" ADD CONSTRAINT "TaskSeriesAssignee_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TaskFile" ADD CONSTRAINT "TaskFile_taskId_fkey" FOREIGN KEY ("taskId") REFERENCES "Task"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TaskFile" ADD CONSTRAINT "TaskFile_keptFileId_fkey" FOREIGN KEY ("keptFileId") REFERENCES "KeptFile"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TaskComment" ADD CONSTRAINT "TaskComment_taskId_fkey" FOREIGN KEY ("taskId") REFERENCES "Task"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TaskComment" ADD CONSTRAINT "TaskComment_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TaskDigest" ADD CONSTRAINT "TaskDigest_branchId_fkey" FOREIGN KEY ("branchId") REFERENCES "Organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TaskReportPart" ADD CONSTRAINT "TaskReportPart_keptFileId_fkey" FOREIGN KEY ("keptFileId") REFERENCES "KeptFile"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Words that mean something to the program, and numbers that can be.
ALTER TABLE "Task" DROP CONSTRAINT "task_state";
ALTER TABLE "Task" ADD CONSTRAINT "task_state"
  CHECK ("state" IN ('assigned', 'declined', 'reported', 'accepted', 'returned', 'cancelled', 'reassigned'));
ALTER TABLE "Task" ADD CONSTRAINT "task_kind" CHECK ("kind" IN ('office', 'neighbourhood'));
ALTER TABLE "Task" ADD CONSTRAINT "task_origin" CHECK ("origin" IN ('meeting', 'resolution', 'notice'));
ALTER TABLE "Task" ADD CONSTRAINT "task_progress" CHECK ("progress" BETWEEN 0 AND 100);
ALTER TABLE "Task" ADD CONSTRAINT "task_reason_given" CHECK ("state" NOT IN ('declined', 'cancelled') OR "reason" IS NOT NULL);
ALTER TABLE "Task" ADD CONSTRAINT "task_occurs_in_series" CHECK ("occursOn" IS NULL OR "seriesId" IS NOT NULL);
ALTER TABLE "TaskReport" ADD CONSTRAINT "task_report_verdict" CHECK ("verdict" IN ('waiting', 'accepted', 'returned', 'noted'));
ALTER TABLE "TaskReport" ADD CONSTRAINT "task_report_progress" CHECK ("progress" BETWEEN 0 AND 99);
ALTER TABLE "TaskDigest" ADD CONSTRAINT "task_digest_hour" CHECK ("hour" BETWEEN 0 AND 23 AND "every" IN ('day', 'week'));
ALTER TABLE "DayOff" ADD CONSTRAINT "day_off_span" CHECK ("kind" IN ('off', 'working') AND "from" <= "to");
ALTER TABLE "KeptFile" ADD CONSTRAINT "kept_file_state"
  CHECK ("state" IN ('waiting', 'lost', 'dropped') OR ("state" = 'kept' AND "key" IS NOT NULL));
