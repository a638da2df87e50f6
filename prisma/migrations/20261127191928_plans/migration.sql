-- CreateTable
CREATE TABLE "SelfPlan" (
    "id" SERIAL NOT NULL,
    "personId" INTEGER NOT NULL,
    "branchId" INTEGER NOT NULL,
    "year" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "remark" TEXT,
    "summary" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "submittedAt" TIMESTAMPTZ(3),
    "decidedAt" TIMESTAMPTZ(3),
    "decidedById" INTEGER,
    "enteredById" INTEGER,

    CONSTRAINT "SelfPlan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PlanItem" (
    "id" SERIAL NOT NULL,
    "planId" INTEGER NOT NULL,
    "group" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "measure" TEXT NOT NULL,
    "dueMonth" INTEGER NOT NULL,
    "source" TEXT,

    CONSTRAINT "PlanItem_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PlanProgress" (
    "itemId" INTEGER NOT NULL,
    "month" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "note" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "enteredById" INTEGER,

    CONSTRAINT "PlanProgress_pkey" PRIMARY KEY ("itemId","month")
);

-- CreateTable
CREATE TABLE "PlanRemark" (
    "planId" INTEGER NOT NULL,
    "month" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "byId" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PlanRemark_pkey" PRIMARY KEY ("planId","month")
);

-- CreateIndex
CREATE INDEX "SelfPlan_branchId_year_idx" ON "SelfPlan"("branchId", "year");

-- CreateIndex
CREATE UNIQUE INDEX "SelfPlan_personId_year_key" ON "SelfPlan"("personId", "year");

-- CreateIndex
CREATE UNIQUE INDEX "PlanItem_source_key" ON "PlanItem"("source");

-- CreateIndex
CREATE INDEX "PlanItem_planId_idx" ON "PlanItem"("planId");

-- AddForeignKey
ALTER TABLE "SelfPlan" ADD CONSTRAINT "SelfPlan_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SelfPlan" ADD CONSTRAINT "SelfPlan_branchId_fkey" FOREIGN KEY ("branchId") REFERENCES "Organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PlanItem" ADD CONSTRAINT "PlanItem_planId_fkey" FOREIGN KEY ("planId") REFERENCES "SelfPlan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PlanProgress" ADD CONSTRAINT "PlanProgress_itemId_fkey" FOREIGN KEY ("itemId") REFERENCES "PlanItem"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PlanRemark" ADD CONSTRAINT "PlanRemark_planId_fkey" FOREIGN KEY ("planId") REFERENCES "SelfPlan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Words that mean something to the program, and months that can be.
ALTER TABLE "SelfPlan" ADD CONSTRAINT "self_plan_state" CHECK ("state" IN ('draft', 'submitted', 'returned', 'approved'));
ALTER TABLE "PlanItem" ADD CONSTRAINT "plan_item_group"
  CHECK ("group" IN ('thought', 'ethics', 'discipline', 'style', 'results', 'shortcomings'));
ALTER TABLE "PlanItem" ADD CONSTRAINT "plan_item_month" CHECK ("dueMonth" BETWEEN 1 AND 12);
ALTER TABLE "PlanProgress" ADD CONSTRAINT "plan_progress_status" CHECK ("status" IN ('done', 'doing', 'notDone'));
ALTER TABLE "PlanProgress" ADD CONSTRAINT "plan_progress_month" CHECK ("month" ~ '^20[0-9]{2}-(0[1-9]|1[0-2])$');
ALTER TABLE "PlanRemark" ADD CONSTRAINT "plan_remark_month" CHECK ("month" ~ '^20[0-9]{2}-(0[1-9]|1[0-2])$');
